import { phoneSchema } from '@stopcovid/contracts';
import type { Waiting, WaitingPhones } from './waiting';

const maria = phoneSchema.parse('+12025550143');
const sokha = phoneSchema.parse('+12025550180');

const waits = (fields: Partial<Waiting> = {}): Waiting => ({
  phone: maria,
  partition: 2,
  after: 4,
  readFrom: '17',
  found: 6,
  because: 'gap',
  reason: 'version 5 is missing',
  since: new Date('2026-03-01T10:00:00.000Z'),
  ...fields,
});

const withoutFound = ({ found: _found, ...waiting }: Waiting): Waiting => waiting;

/** What every record of waiting phones must do. */
export const waitingPhonesContract = (open: () => Promise<WaitingPhones>): void => {
  it('gives back who waits on a partition, in the order of phones', async () => {
    const record = await open();
    await record.keep([waits({ phone: sokha }), waits()]);
    await record.keep([waits({ phone: phoneSchema.parse('+12025550190'), partition: 1 })]);
    await expect(record.of(2)).resolves.toEqual([waits(), waits({ phone: sokha })]);
    await expect(record.of(0)).resolves.toEqual([]);
  });

  it('finds those that are asked for, whatever their partition', async () => {
    const record = await open();
    await record.keep([waits(), waits({ phone: sokha, partition: 1 })]);
    const absent = phoneSchema.parse('+12025550190');
    await expect(record.find([sokha, absent])).resolves.toEqual(
      new Map([[sokha, waits({ phone: sokha, partition: 1 })]]),
    );
    await expect(record.find([])).resolves.toEqual(new Map());
  });

  it('says the latest of a phone, also that a field is gone', async () => {
    const record = await open();
    const reason = 'version: invalid_type';
    const later = withoutFound(waits({ because: 'unreadable', reason, passedTo: '21', unheard: true }));
    await record.keep([waits()]);
    await record.keep([later]);
    await expect(record.of(2)).resolves.toEqual([later]);
  });

  it('keeps nobody, and forgets those that go on and those that never waited', async () => {
    const record = await open();
    await record.keep([]);
    await record.keep([waits(), waits({ phone: sokha })]);
    await record.forget([]);
    await record.forget([maria, phoneSchema.parse('+12025550190')]);
    await expect(record.of(2)).resolves.toEqual([waits({ phone: sokha })]);
  });
};
