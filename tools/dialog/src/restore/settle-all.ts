import { decodeLogRecord, phoneSchema, topics, type Phone } from '@stopcovid/contracts';
import { groupOffsets, readTopic, setGroupOffsets, topicOffsets, topicOffsetsSince } from '@stopcovid/kafka';
import { mongoCheckpoints } from '@stopcovid/mongo';
import type { Servers } from '../servers';
import { OutboxSettling, type SettleTotals } from './settle-outboxes';

export type SettleOptions = {
  readonly events?: string;
  readonly log?: string;
  readonly group: string;
  /** How long after it was decided a text may go out, in milliseconds. */
  readonly maxAgeMs: number;
  readonly onProgress: (read: number, total: number) => void;
  readonly signal?: AbortSignal;
};

type Waiting = {
  readonly phones: readonly Phone[];
  readonly ids: ReadonlySet<string>;
  readonly oldest: number;
};
type Pending = { readonly id: string; readonly createdAt: number };

/** The texts that wait in outboxes: few, whatever the number of phones. */
const waitingIn = async ({ mongo }: Servers): Promise<Waiting> => {
  const outboxes = mongo.collection<{ readonly _id: string; readonly pending: readonly Pending[] }>(
    'outboxes',
  );
  const found = outboxes.find(
    { 'pending.0': { $exists: true } },
    { projection: { 'pending.id': 1, 'pending.createdAt': 1 } },
  );
  const phones: Phone[] = [];
  const ids = new Set<string>();
  let oldest = Date.now();
  for await (const { _id, pending } of found) {
    phones.push(phoneSchema.parse(_id));
    for (const { id, createdAt } of pending) {
      ids.add(id);
      oldest = Math.min(oldest, createdAt);
    }
  }
  return { phones, ids, oldest };
};

const toldOf = async (
  { kafka }: Servers,
  { ids, oldest }: Waiting,
  topic: string,
): Promise<ReadonlyMap<string, string | undefined>> => {
  const told = new Map<string, string | undefined>();
  if (ids.size === 0) return told;
  const since = await topicOffsetsSince(kafka, topic, oldest);
  await readTopic(kafka, { topic, from: (partition) => since.get(partition) }, (records) => {
    for (const { value } of records) {
      const read = value?.includes('SmsSent') ? decodeLogRecord(value) : undefined;
      if (read?.ok && read.value.type === 'SmsSent' && ids.has(read.value.messageId))
        told.set(read.value.messageId, read.value.sid);
    }
  });
  return told;
};

/* A group that has committed nothing begins at the beginning by itself. */
const rewind = async (
  { kafka }: Servers,
  { group, topic, from }: { readonly group: string; readonly topic: string } & Pick<SettleTotals, 'from'>,
): Promise<void> => {
  const committed = await groupOffsets(kafka, { group, topic });
  const back = [...from].filter(([partition, offset]) => {
    const stands = committed.get(partition);
    return stands !== undefined && BigInt(stands) > BigInt(offset);
  });
  if (back.length > 0) await setGroupOffsets(kafka, { group, topic }, new Map(back));
};

/**
 * Puts in doubt what an older database would send again, lets the sender take in what it lacks, and says in its
 * checkpoints that the database is right. The sender must be stopped.
 */
export const settleAll = async (servers: Servers, options: SettleOptions): Promise<SettleTotals> => {
  const { kafka, mongo } = servers;
  const { events: topic = topics.dialogEvents, log = topics.smsLog, group, maxAgeMs } = options;
  const at = Date.now();
  const waiting = await waitingIn(servers);
  const told = await toldOf(servers, waiting, log);
  const rules = await import('@stopcovid/sms-sender');
  const store = await rules.mongoOutboxStore(mongo);
  const settling = new OutboxSettling({ rules, store, told, at, tooOldBefore: at - maxAgeMs });
  await settling.doubt(waiting.phones);
  const { onProgress, signal } = options;
  await readTopic(kafka, { topic, onProgress, ...(signal && { signal }) }, (records) =>
    settling.take(records),
  );
  await rewind(servers, { group, topic, from: settling.totals.from });
  const checkpoints = mongoCheckpoints(mongo, { collection: 'sender_checkpoints' });
  for (const { partition } of await topicOffsets(kafka, topic)) await checkpoints.accept(topic, partition);
  return settling.totals;
};
