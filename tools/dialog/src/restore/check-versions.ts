import { phoneSchema, topics, type Phone } from '@stopcovid/contracts';
import type { LogRecord } from '@stopcovid/kafka';
import type { MongoConnection } from '../mongo';
import type { Servers } from '../servers';
import { beginsPhone, versionIn } from './batch-version';
import { readPartitions } from './read-partitions';

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
const atOnce = 3;
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
      if (found === version + 1 || (version === 0 && beginsPhone(record)))
        this.phones.set(phone.data, { version: found, hole });
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

type OfPartition = Omit<Comparison, 'unknown'>;

const none: OfPartition = {
  phones: 0,
  holes: 0,
  of: { dialogs: nothing, outboxes: nothing, trainees: nothing },
};

const sumOfAll = (one: OfPartition, other: OfPartition): OfPartition => ({
  phones: one.phones + other.phones,
  holes: one.holes + other.holes,
  of: {
    dialogs: sum(one.of.dialogs, other.of.dialogs),
    outboxes: sum(one.of.outboxes, other.of.outboxes),
    trainees: sum(one.of.trainees, other.of.trainees),
  },
});

const compareAll = async (
  mongo: MongoConnection,
  reached: ReadonlyMap<Phone, OnTopic>,
): Promise<OfPartition> => {
  const all = [...reached];
  let compared = none;
  for (let from = 0; from < all.length; from += chunk) {
    const some = all.slice(from, from + chunk);
    const holes = some.filter(([, { hole }]) => hole).length;
    const of = await compareSome(mongo, some);
    compared = sumOfAll(compared, { phones: some.length, holes, of });
  }
  return compared;
};

/**
 * Compares each phone's documents with the batches that stand on the topic. Reads some partitions at a time and keeps a
 * number for each of their phones.
 */
export const compareVersions = async (
  { kafka, mongo }: Servers,
  { topic = topics.dialogEvents, onProgress, signal }: CheckOptions,
): Promise<Comparison> => {
  const request = { topic, atOnce, onProgress, ...(signal && { signal }) };
  const partitions = await readPartitions(kafka, request, () => {
    const reached = new Reached();
    return {
      take: (records: readonly LogRecord[]) => reached.take(records),
      end: () => compareAll(mongo, reached.phones),
    };
  });
  const all = partitions.reduce(sumOfAll, none);
  const dialogs = await mongo.collection('dialogs').countDocuments({ version: { $gt: 0 } });
  return { ...all, unknown: Math.max(0, dialogs - (all.phones - all.of.dialogs.missing)) };
};
