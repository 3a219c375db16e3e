import { phoneSchema } from '@stopcovid/contracts';
import type { WaitingRecord, WaitingRecords } from './waiting-records';

const waits = (offset: string, fields: Partial<WaitingRecord> = {}): WaitingRecord => ({
  phone: phoneSchema.parse('+12025550143'),
  partition: 2,
  offset,
  value: '{"type":"SmsLost"}',
  because: 'future',
  reason: 'a type yet to come',
  since: new Date('2026-03-01T10:00:00.000Z'),
  ...fields,
});

/** What every store of waiting records must do. */
export const waitingRecordsContract = (open: () => Promise<WaitingRecords>): void => {
  it('gives back what waits on a partition, page by page', async () => {
    const records = await open();
    await records.keep([waits('5'), waits('6'), waits('7'), waits('5', { partition: 1 })]);
    const first = await records.of(2, { limit: 2 });
    expect(first).toEqual({ records: [waits('5'), waits('6')], spoilt: [], next: '2/6' });
    await expect(records.of(2, { limit: 2, after: '2/6' })).resolves.toEqual({
      records: [waits('7')],
      spoilt: [],
    });
    await expect(records.of(2, { limit: 3 })).resolves.not.toHaveProperty('next');
    await expect(records.count()).resolves.toBe(4);
  });

  it('keeps a record once, as it first was, and forgets it', async () => {
    const records = await open();
    await records.keep([waits('5')]);
    await records.keep([waits('5', { reason: 'again' })]);
    await expect(records.of(2, { limit: 9 })).resolves.toMatchObject({ records: [waits('5')] });
    await records.keep([]);
    await records.forget([]);
    await records.forget([waits('5'), waits('9')]);
    await expect(records.of(2, { limit: 9 })).resolves.toEqual({ records: [], spoilt: [] });
  });
};
