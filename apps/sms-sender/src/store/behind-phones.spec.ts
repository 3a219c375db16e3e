import { inMemoryWaitingPhones, type Waiting, type WaitingPhones } from '@stopcovid/projections';
import { ann, phone } from '../outbox/outbox.testkit';
import { BehindPhones } from './behind-phones';

const bob = phone(202);
const waits = (fields: Partial<Waiting> = {}): Waiting => ({
  phone: ann,
  partition: 2,
  after: 4,
  readFrom: '17',
  because: 'unreadable',
  reason: 'kind: invalid',
  since: new Date(0),
  ...fields,
});

describe('the phones that miss some of their batches', () => {
  it('are those whose documents could not be read, and not those who wait for a missing batch', async () => {
    const behind = new BehindPhones(inMemoryWaitingPhones());
    await behind.keep([waits(), waits({ phone: bob, because: 'gap' })]);
    expect([behind.has(ann), behind.has(bob)]).toEqual([true, false]);
    await behind.keep([waits({ because: 'gap' }), waits({ phone: bob, because: 'gap', unheard: true })]);
    expect([behind.has(ann), behind.has(bob)]).toEqual([false, true]);
    await behind.forget([bob]);
    expect(behind.has(bob)).toBe(false);
  });

  it('are known of a partition once its record was asked for, whoever wrote it', async () => {
    const record = inMemoryWaitingPhones();
    const behind = new BehindPhones(record);
    await record.keep([waits(), waits({ phone: bob, partition: 1 })]);
    await behind.of(2);
    expect([behind.has(ann), behind.has(bob)]).toEqual([true, false]);
    await record.forget([ann]);
    await behind.of(1);
    expect([behind.has(ann), behind.has(bob)]).toEqual([true, true]);
    await behind.of(2);
    expect(behind.has(ann)).toBe(false);
    await record.forget([bob]);
    await behind.find([bob]);
    expect(behind.has(bob)).toBe(false);
  });

  it('count as behind while it is not known whether the record has them', async () => {
    const away: WaitingPhones = { ...inMemoryWaitingPhones(), keep: () => Promise.reject(new Error('away')) };
    const behind = new BehindPhones(away);
    await expect(behind.keep([waits()])).rejects.toThrow('away');
    expect(behind.has(ann)).toBe(true);
  });
});
