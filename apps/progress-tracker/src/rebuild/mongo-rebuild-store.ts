import { randomBytes } from 'node:crypto';
import type { Phone } from '@stopcovid/contracts';
import type { Connection } from 'mongoose';
import { z } from 'zod';
import { distinctKeys, keysOf, type BucketKey } from '../buckets/bucket';
import { mongoBuckets } from '../buckets/mongo-buckets';
import { liveCollections, mongoProgressStore } from '../progress/mongo-progress-store';
import { localDate } from '../progress/mongo-runs';
import { keptInMongo } from '../projections/kept-stores';
import type { Hole, StoredDocument } from './judge-phone';
import { livePlaces as placesOf, loadDocuments, phonesIn, type Place } from './mongo-phone-documents';
import { replaceDocuments } from './mongo-replace';
import { eventProjections, logProjections, standing } from '../projections/projections';
import type { RebuildStore, Replacement, Shadow } from './rebuild-store';

type BeatDocument = { readonly _id: string; readonly beatAt: Date };
type HoleDocument = { readonly _id: Phone; readonly after: number; readonly found: number };

/** A rebuild that has not said anything for so long has ended. */
const silentMs = 10 * 60_000;
const beats = 'rebuilds';
const holesCollection = 'holes';
/** Where the shadow of a log keeps which phones it has read of. */
export const phonesCollection = 'phones';

/** The collection of a shadow that stands for another one. */
export const shadowName = (collection: string, id: string): string => `${collection}_shadow_${id}`;
const shadowPattern = new RegExp(
  `^(?:${[...[...eventProjections, ...logProjections].map(({ collection }) => collection), holesCollection, phonesCollection].join('|')})_shadow_(.+)$`,
);

/** What every shadow is: its name, its beat, and how it goes. */
export type ShadowWork = Pick<Shadow, 'id' | 'beat' | 'remove'>;

/* Readable in a list of collections, and in the order of time. */
const newId = (now: number): string =>
  `${new Date(now).toISOString().replace(/\D/g, '').slice(0, 14)}_${randomBytes(3).toString('hex')}`;

const drop = async (connection: Connection, id: string): Promise<void> => {
  const names = await namesIn(connection);
  for (const name of names)
    if (shadowPattern.exec(name)?.[1] === id) await connection.collection(name).drop();
  await connection.collection<BeatDocument>(beats).deleteOne({ _id: id });
};

const namesIn = async (connection: Connection): Promise<readonly string[]> =>
  (await connection.listCollections()).map(({ name }) => name);

const beat = async (connection: Connection, id: string, now: number): Promise<void> => {
  await connection
    .collection<BeatDocument>(beats)
    .updateOne({ _id: id }, { $set: { beatAt: new Date(now) } }, { upsert: true });
};

/** Removes the shadows of rebuilds that ended early. One that still runs, here or elsewhere, has its beat. */
const removeLeftOvers = async (connection: Connection, now: number): Promise<number> => {
  const alive = await connection
    .collection<BeatDocument>(beats)
    .find({ beatAt: { $gt: new Date(now - silentMs) } })
    .toArray();
  const living = new Set(alive.map(({ _id }) => _id));
  const left = (await namesIn(connection)).flatMap((name) => shadowPattern.exec(name)?.[1] ?? []);
  const dead = [...new Set(left)].filter((id) => !living.has(id));
  for (const id of dead) await drop(connection, id);
  await connection.collection<BeatDocument>(beats).deleteMany({ beatAt: { $lte: new Date(now - silentMs) } });
  return dead.length;
};

const holesOf = (
  connection: Connection,
  id: string,
): Pick<Shadow, 'noteHoles' | 'holes' | 'someHoles' | 'forgetHoles'> => {
  const holes = connection.collection<HoleDocument>(shadowName(holesCollection, id));
  return {
    noteHoles: async (found) => {
      if (found.length === 0) return;
      await holes.bulkWrite(
        found.map(({ phone, after, found: next }) => ({
          updateOne: {
            filter: { _id: phone },
            update: { $set: { after }, ...(next === undefined ? {} : { $min: { found: next } }) },
            upsert: true,
          },
        })),
        { ordered: false },
      );
    },
    holes: async (phones) => {
      const found = await holes.find({ _id: { $in: [...phones] } }).toArray();
      return new Map(found.map(({ _id, ...hole }): [Phone, Hole] => [_id, { phone: _id, ...hole }]));
    },
    someHoles: async (limit) => (await holes.find().limit(limit).toArray()).map(({ _id }) => _id),
    forgetHoles: async () => {
      await holes.deleteMany({});
    },
  };
};

/** Begins a shadow. Removes what rebuilds that ended early have left, and answers how many those were. */
export const beginShadow = async (
  connection: Connection,
  now: () => number,
): Promise<{ readonly work: ShadowWork; readonly removed: number }> => {
  const removed = await removeLeftOvers(connection, now());
  const id = newId(now());
  await beat(connection, id, now());
  const work = { id, beat: () => beat(connection, id, now()), remove: () => drop(connection, id) };
  return { work, removed };
};

const openShadow = async (connection: Connection, work: ShadowWork): Promise<Shadow> => {
  const { id } = work;
  const nameOf = (collection: string): string => shadowName(collection, id);
  const places: readonly Place[] = eventProjections.map((projection) => ({
    projection,
    name: nameOf(projection.collection),
  }));
  const own: Place = { projection: standing, name: nameOf(standing.collection) };
  return {
    store: await mongoProgressStore(connection, {
      trainees: own.name,
      runs: nameOf(liveCollections.runs),
    }),
    kept: await keptInMongo(connection, nameOf),
    documents: (phones) => loadDocuments(connection, places, phones),
    phones: (after) => phonesIn(connection, own, after),
    count: () => connection.collection(own.name).countDocuments({}),
    ...holesOf(connection, id),
    ...work,
  };
};

const livePlaces = placesOf(eventProjections);

const groupsSchema = z.object({
  groups: z.object({ employerId: z.string().exactOptional(), day: localDate }),
});

/* One that cannot be read has no bucket: the check finds what that leaves. */
const bucketsOf = (document: StoredDocument | undefined): readonly BucketKey[] => {
  const read = groupsSchema.safeParse(document);
  return read.success ? keysOf(read.data) : [];
};

/** A run that is replaced may leave one bucket and come into another: both are marked. */
const replaceMarked = async (
  connection: Connection,
  replacements: readonly Replacement[],
): Promise<ReadonlySet<Phone>> => {
  const runs = replacements.filter(({ collection }) => collection === liveCollections.runs);
  const keys = distinctKeys(runs.flatMap(({ read, next }) => [...bucketsOf(read), ...bucketsOf(next)]));
  if (keys.length === 0) return replaceDocuments(connection, eventProjections, replacements);
  const buckets = await mongoBuckets(connection);
  const mark = await buckets.mark(keys);
  const lost = await replaceDocuments(connection, eventProjections, replacements);
  await buckets.written(mark);
  return lost;
};

/** Shadows in the database of the live projections, in collections named after them. */
export const mongoRebuildStore = (connection: Connection, now: () => number = Date.now): RebuildStore => ({
  live: {
    documents: (phones) => loadDocuments(connection, livePlaces, phones),
    phones: async (collection, after) => {
      const place = livePlaces.find(({ name }) => name === collection);
      return place === undefined ? { phones: [] } : phonesIn(connection, place, after);
    },
    replace: (replacements) => replaceMarked(connection, replacements),
  },
  openShadow: async () => {
    const { work, removed } = await beginShadow(connection, now);
    return { shadow: await openShadow(connection, work), removed };
  },
});
