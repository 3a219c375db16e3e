import { readFileSync, readdirSync } from 'node:fs';
import { topics } from '@stopcovid/contracts';
import { groupLags, topicOffsets } from '@stopcovid/kafka';
import type { Connection } from '../database';
import { usageOf } from '../idle';
import type { System } from '../system';

/** A process that is looked at. What keeps everything on purpose is not judged by its memory. */
export type Watched = { readonly name: string; readonly pid: number; readonly keepsAll: boolean };

/** What one process holds: resident megabytes, and open file descriptors. */
export type Held = Watched & { readonly megabytes: number; readonly descriptors: number };

/** All that ought to be flat, at one moment. */
export type Look = {
  /** Batches on the event topic by then. */
  readonly batches: number;
  readonly processes: readonly Held[];
  /** Documents by collection. */
  readonly documents: ReadonlyMap<string, number>;
  /** Records that a group has not read yet, of all its topics. */
  readonly lags: ReadonlyMap<string, number>;
};

/* A process that has just ended is not there. */
const heldBy = (watched: Watched): readonly Held[] => {
  try {
    const { megabytes } = usageOf(readFileSync(`/proc/${watched.pid}/stat`, 'utf8'));
    return [{ ...watched, megabytes, descriptors: readdirSync(`/proc/${watched.pid}/fd`).length }];
  } catch {
    return [];
  }
};

const documentsIn = async (connection: Connection): Promise<ReadonlyMap<string, number>> => {
  const names = ((await connection.db?.listCollections().toArray()) ?? []).map(({ name }) => name).sort();
  const counts = names.map(
    async (name) => [name, await connection.collection(name).estimatedDocumentCount()] as const,
  );
  return new Map(await Promise.all(counts));
};

const lagsOn = async ({ kafka }: System['direct']): Promise<ReadonlyMap<string, number>> => {
  const lags = new Map<string, number>();
  for (const topic of [topics.dialogCommands, topics.dialogEvents, topics.smsLog])
    for (const { group, lag } of await groupLags(kafka, topic))
      lags.set(group, (lags.get(group) ?? 0) + Number(lag));
  return lags;
};

/** Looks at these processes, at every collection and every group. Rejects where the broker or the database is away. */
export const lookAt = async (
  { direct }: Pick<System, 'direct'>,
  connection: Connection,
  watched: readonly Watched[],
): Promise<Look> => ({
  processes: watched.flatMap(heldBy),
  batches: (await topicOffsets(direct.kafka, topics.dialogEvents)).reduce(
    (sum, { end }) => sum + Number(end),
    0,
  ),
  documents: await documentsIn(connection),
  lags: await lagsOn(direct),
});
