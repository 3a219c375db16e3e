import {
  carrierStatusSchema,
  encodeLogRecord,
  timestampSchema,
  topics,
  type SmsLogRecord,
} from '@stopcovid/contracts';
import type { Publisher } from '@stopcovid/kafka';
import type { LoggedMessage, MessageStore } from '@stopcovid/progress-tracker';
import type { CarrierMessage } from '@stopcovid/twilio';
import type { CarrierMessages } from './carrier-messages';
import { exitCodes, type ExitCode } from './exit';
import type { Stretch } from './newest-first';
import type { Terminal } from './terminal';

/** Both logs, where what is new is written, and where to print. */
export type PriceParts = {
  readonly store: Pick<MessageStore, 'load'>;
  readonly carrier: Pick<CarrierMessages, 'list'>;
  readonly publisher: Publisher;
  readonly terminal: Terminal;
};

type Counts = {
  readonly listed: number;
  /** Of these the carrier does not say yet what they cost. */
  readonly unpriced: number;
  /** The progress tracker does not have these: others sent them, or they are still on their way to it. */
  readonly unknown: number;
  readonly recorded: number;
};

const isRecorded = ({ price: known }: LoggedMessage, price: CarrierMessage['price']): boolean =>
  known?.millionths === price?.millionths && known?.currency === price?.currency;

/* Without our id of it: who waits for reports of what was sent has nothing to learn from a price. */
const pricedRecord = (
  { content: { phone, channel } }: LoggedMessage,
  { sid, status, price }: CarrierMessage,
  at: Date,
): SmsLogRecord => ({
  type: 'SmsStatusChanged',
  schemaVersion: 1,
  phone,
  at: timestampSchema.parse(at.toISOString()),
  channel,
  sid,
  status: carrierStatusSchema.parse(status),
  ...(price && { price }),
});

const recordPage = async (
  { store, publisher }: PriceParts,
  page: readonly CarrierMessage[],
  at: Date,
): Promise<Counts> => {
  const priced = page.filter(({ price }) => price !== undefined);
  const sids = priced.map(({ sid }) => sid);
  const { messages } = await store.load([], sids);
  const known = new Map(
    messages.flatMap(({ message }) => message.sids.map((sid) => [sid, message] as const)),
  );
  const records = priced.flatMap((theirs) => {
    const ours = known.get(theirs.sid);
    return ours === undefined || isRecorded(ours, theirs.price) ? [] : [pricedRecord(ours, theirs, at)];
  });
  await publisher.publish(
    topics.smsLog,
    records.map((record) => ({ key: record.phone, value: encodeLogRecord(record) })),
  );
  return {
    listed: page.length,
    unpriced: page.length - priced.length,
    unknown: sids.filter((sid) => !known.has(sid)).length,
    recorded: records.length,
  };
};

const together = (one: Counts, other: Counts): Counts => ({
  listed: one.listed + other.listed,
  unpriced: one.unpriced + other.unpriced,
  unknown: one.unknown + other.unknown,
  recorded: one.recorded + other.recorded,
});

/**
 * Writes into the message log what the carrier charged for each message that is known here and has no price yet, or had
 * another one. Run again it writes what became known since. Rejects when a server or the carrier does not answer: what was
 * written by then stays.
 */
export const recordPrices = async (
  parts: PriceParts,
  { range, now }: { readonly range: Stretch; readonly now: Date },
): Promise<ExitCode> => {
  let counts: Counts = { listed: 0, unpriced: 0, unknown: 0, recorded: 0 };
  for await (const page of parts.carrier.list(range))
    counts = together(counts, await recordPage(parts, page, now));
  const { listed, unpriced, unknown, recorded } = counts;
  parts.terminal.out(
    `${recorded} prices recorded, of ${listed} messages; ${unpriced} have none yet, ${unknown} are not in our log`,
  );
  return exitCodes.ok;
};
