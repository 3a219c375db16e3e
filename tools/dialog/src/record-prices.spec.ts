import { decodeLogRecord, topics, type SmsLogRecord } from '@stopcovid/contracts';
import { InMemoryLog, inMemoryPublisher } from '@stopcovid/kafka';
import { inMemoryMessageStore, type LoggedMessage } from '@stopcovid/progress-tracker';
import type { CarrierMessage } from '@stopcovid/twilio';
import { listed, listedInbound, logged, minute } from './audit.testkit';
import { exitCodes } from './exit';
import { recordPrices } from './record-prices';

const usd = (millionths: number) => ({ millionths, currency: 'USD' });

const recorded = async (ours: readonly LoggedMessage[], pages: readonly (readonly CarrierMessage[])[]) => {
  const store = inMemoryMessageStore();
  await store.save({ changes: ours.map((next) => ({ next })), absorbed: [] });
  const log = new InMemoryLog(1);
  const out: string[] = [];
  const exit = await recordPrices(
    {
      store,
      carrier: {
        list: async function* () {
          yield* pages;
        },
      },
      publisher: inMemoryPublisher(log),
      terminal: { input: process.stdin, out: (line) => void out.push(line), err: () => undefined },
    },
    { range: { from: minute(0).getTime(), to: minute(60).getTime() }, now: minute(90) },
  );
  expect(exit).toBe(exitCodes.ok);
  const records = log.records(topics.smsLog).flatMap(({ value }): readonly SmsLogRecord[] => {
    const decoded = decodeLogRecord(value ?? '');
    return decoded.ok ? [decoded.value] : [];
  });
  return { records, said: out.join('') };
};

describe('recording what the carrier charged', () => {
  it('writes the price of each message that we have, in and out, with its status', async () => {
    const inbound = logged('b', { sids: ['SM-b'] });
    const { records } = await recorded(
      [logged('a'), inbound],
      [[listed('a', { price: usd(7_900) })], [listedInbound('b', { price: usd(7_500) })]],
    );
    expect(records).toMatchObject([
      { sid: 'SM-a', status: 'delivered', price: usd(7_900), at: minute(90).toISOString() },
      { sid: 'SM-b', status: 'received', price: usd(7_500) },
    ]);
    expect(records.filter((record) => 'messageId' in record)).toEqual([]);
  });

  it('writes nothing of what is recorded, not known yet, or not ours, and says how many', async () => {
    const known = logged('a', { price: { ...usd(7_900), at: minute(5) } });
    const { records, said } = await recorded(
      [known, logged('b')],
      [[listed('a', { price: usd(7_900) }), listed('b'), listed('stranger', { price: usd(1) })]],
    );
    expect(records).toEqual([]);
    expect(said).toBe('0 prices recorded, of 3 messages; 1 have none yet, 1 are not in our log');
  });

  it('writes a price that the carrier has corrected, and never takes one currency for another', async () => {
    const known = logged('a', { price: { ...usd(7_900), at: minute(5) } });
    const euro = { millionths: 7_900, currency: 'EUR' };
    for (const price of [usd(8_300), euro]) {
      const { records } = await recorded([known], [[listed('a', { price })]]);
      expect(records).toMatchObject([{ price }]);
    }
  });
});
