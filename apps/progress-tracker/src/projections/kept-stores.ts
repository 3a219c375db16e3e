import type { EventBatch } from '@stopcovid/contracts';
import type { Connection } from 'mongoose';
import { erasuresIn } from '../erasure/erasure';
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

/**
 * Notes what has happened, whichever batches are still missing. An erasure is noted first: what is read again from before
 * it is not noted again, and whoever died in between removes it then.
 */
export const noteAll = async (stores: KeptStores, batches: readonly EventBatch[]): Promise<void> => {
  const erasures = erasuresIn(batches);
  await stores.erasures.keep(erasures);
  const erased = await stores.erasures.of([...new Set(batches.map(({ phone }) => phone))]);
  const left = batches.filter(({ phone, version }) => version >= (erased.get(phone)?.sequence ?? 0));
  for (const [name, projection] of entries) {
    await projection.note?.(stores[name], left);
    for (const erasure of erasures) await projection.forget?.(stores[name], erasure);
  }
};

/** A keeper, and the collection that it keeps. */
export type NamedKeeper = { readonly collection: string; readonly keeper: Keeper<unknown> };

/** What keeps the projections that go with the trainees' progress, in the order in which they are written. */
export const keepersOf = (stores: KeptStores): readonly NamedKeeper[] =>
  entries.flatMap(([name, projection]) => {
    const keeper = projection.keeper?.(stores[name]);
    return keeper === undefined ? [] : [{ collection: projection.collection, keeper }];
  });
