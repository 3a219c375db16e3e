import { phoneSchema, topics, type Phone } from '@stopcovid/contracts';
import { readTopic, topicOffsets, type LogRecord } from '@stopcovid/kafka';
import type { MongoConnection } from '../mongo';
import type { Servers } from '../servers';
import { versionIn } from './batch-version';

/** Documents of one phone each that say which batch they include last. */
const followers = [
  { collection: 'dialogs', field: 'version' },
  { collection: 'outboxes', field: 'lastVersion' },
  { collection: 'trainees', field: 'version' },
] as const;
export type Follower = (typeof followers)[number]['collection'];

/** How many phones' documents are older than the topic, not there at all, or newer. */
export type Standing = { readonly behind: number; readonly missing: number; readonly ahead: number };

/** What the topic and the database say of each other. Counts are of phones. */
export type Comparison = {
  readonly phones: number;
  readonly holes: number;
  readonly of: Readonly<Record<Follower, Standing>>;
  /** Dialogs of which the topic knows nothing. */
  readonly unknown: number;
};

type OnTopic = { readonly version: number; readonly hole: boolean };
type Versioned = { readonly _id: string; readonly [field: string]: unknown };

const chunk = 1_000;
const nothing: Standing = { behind: 0, missing: 0, ahead: 0 };

/** How far a reader comes with what stands on a partition, by phone. */
class Reached {
  readonly phones = new Map<Phone, OnTopic>();

  take(records: readonly LogRecord[]): void {
    for (const record of records) {
      const phone = phoneSchema.safeParse(record.key);
      const found = versionIn(record);
      if (!phone.success || found === undefined) continue;
      const { version, hole } = this.phones.get(phone.data) ?? { version: 0, hole: false };
      if (found === version + 1) this.phones.set(phone.data, { version: found, hole });
      else if (found > version && !hole) this.phones.set(phone.data, { version, hole: true });
    }
  }
}

const standingOf = (
  some: readonly (readonly [Phone, OnTopic])[],
  found: ReadonlyMap<string, unknown>,
): Standing => {
  const versions = some.map(([phone, { version }]) => ({ own: found.get(phone), version, phone }));
  const count = (is: (own: number, version: number) => boolean): number =>
    versions.filter(({ own, version }) => typeof own === 'number' && is(own, version)).length;
  return {
    missing: versions.filter(({ own }) => typeof own !== 'number').length,
    behind: count((own, version) => own < version),
    ahead: count((own, version) => own > version),
  };
};

const sum = (one: Standing, other: Standing): Standing => ({
  behind: one.behind + other.behind,
  missing: one.missing + other.missing,
  ahead: one.ahead + other.ahead,
});

const compareSome = async (
  mongo: MongoConnection,
  some: readonly (readonly [Phone, OnTopic])[],
): Promise<Readonly<Record<Follower, Standing>>> => {
  const ids = some.map(([phone]) => phone);
  const standings = await Promise.all(
    followers.map(async ({ collection, field }) => {
      const found = await mongo
        .collection<Versioned>(collection)
        .find({ _id: { $in: ids } }, { projection: { [field]: 1 } })
        .toArray();
      const versions = new Map(found.map((document) => [document._id, document[field]]));
      return [collection, standingOf(some, versions)] as const;
    }),
  );
  return Object.fromEntries(standings) as Record<Follower, Standing>;
};

export type CheckOptions = {
  readonly topic?: string;
  readonly onProgress: (read: number, total: number) => void;
  readonly signal?: AbortSignal;
};

/**
 * Compares each phone's documents with the batches that stand on the topic. Reads one partition after the other and keeps
 * a number for each of its phones.
 */
export const compareVersions = async (
  { kafka, mongo }: Servers,
  { topic = topics.dialogEvents, onProgress, signal }: CheckOptions,
): Promise<Comparison> => {
  const ends = await topicOffsets(kafka, topic);
  const total = ends.reduce((all, { first, end }) => all + Number(BigInt(end) - BigInt(first)), 0);
  let before = 0;
  let phones = 0;
  let holes = 0;
  const of: Record<Follower, Standing> = { dialogs: nothing, outboxes: nothing, trainees: nothing };
  for (const { partition, first, end } of ends) {
    const reached = new Reached();
    const own = {
      topic,
      partitions: [partition],
      onProgress: (read: number) => onProgress(before + read, total),
    };
    await readTopic(kafka, { ...own, ...(signal && { signal }) }, (records) => reached.take(records));
    before += Number(BigInt(end) - BigInt(first));
    const all = [...reached.phones];
    phones += all.length;
    holes += all.filter(([, { hole }]) => hole).length;
    for (let from = 0; from < all.length; from += chunk) {
      const compared = await compareSome(mongo, all.slice(from, from + chunk));
      for (const { collection } of followers) of[collection] = sum(of[collection], compared[collection]);
    }
  }
  const dialogs = await mongo.collection('dialogs').countDocuments({ version: { $gt: 0 } });
  return { phones, holes, of, unknown: Math.max(0, dialogs - (phones - of.dialogs.missing)) };
};
