import type { EventBatch } from '@stopcovid/contracts';
import type { Connection } from 'mongoose';
import type { Keeper, KeptProjection, NameOf } from './projection';
import { keptProjections } from './projections';

type StoreOf<T> = T extends KeptProjection<infer S> ? S : never;

/** The store of each projection that is kept beside the trainees' progress. */
export type KeptStores = {
  readonly [Name in keyof typeof keptProjections]: StoreOf<(typeof keptProjections)[Name]>;
};

/* Each projection is given its own store alone: what is in one is nobody else's affair. */
type Entry = readonly [keyof KeptStores, KeptProjection<unknown>];
const entries = Object.entries(keptProjections) as readonly (readonly [
  string,
  unknown,
])[] as readonly Entry[];

/** Opens each in this process alone. */
export const keptInMemory = (): KeptStores =>
  Object.fromEntries(entries.map(([name, projection]) => [name, projection.inMemory()])) as KeptStores;

/** Opens each in MongoDB. Resolves when their indexes are there. */
export const keptInMongo = async (
  connection: Connection,
  nameOf: NameOf = (collection) => collection,
): Promise<KeptStores> => {
  const stores: [string, unknown][] = [];
  for (const [name, projection] of entries)
    stores.push([name, await projection.mongo(connection, nameOf(projection.collection))]);
  return Object.fromEntries(stores) as KeptStores;
};

/** Notes what has happened, whichever batches are still missing. */
export const noteAll = async (stores: KeptStores, batches: readonly EventBatch[]): Promise<void> => {
  for (const [name, projection] of entries) await projection.note?.(stores[name], batches);
};

/** A keeper, and the collection that it keeps. */
export type NamedKeeper = { readonly collection: string; readonly keeper: Keeper<unknown> };

/** What keeps the projections that go with the trainees' progress, in the order in which they are written. */
export const keepersOf = (stores: KeptStores): readonly NamedKeeper[] =>
  entries.flatMap(([name, projection]) => {
    const keeper = projection.keeper?.(stores[name]);
    return keeper === undefined ? [] : [{ collection: projection.collection, keeper }];
  });
