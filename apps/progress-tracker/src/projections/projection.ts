import type { EventBatch, Phone, SmsLogRecord } from '@stopcovid/contracts';
import type { Arrival, Arrivals, Known } from '@stopcovid/projections';
import type { Connection } from 'mongoose';
import type { z } from 'zod';
import type { Erasure } from '../erasure/erasure';
import type { TraineeProgress } from '../progress/evolve-progress';

/** A collection that is a fold of a topic. Each of its documents belongs to one phone. */
export type Projection = {
  readonly collection: string;
  /** The field that says whose document it is. */
  readonly phoneField: '_id' | 'phone';
  /** Reads a stored document, also one of any earlier release. */
  readonly schema: z.ZodType;
  /** Fields that count or mark writes: no two folds agree on them. */
  readonly notContent?: ReadonlySet<string>;
  /** Where a real document of each release is kept, as `name.v1.json` and so on. */
  readonly samples: { readonly folder: string; readonly name: string };
};

/** A projection of the topic of events. */
export type EventProjection = Projection & {
  /** Which batch a document is of: the last that it includes, or the one that it tells of. */
  readonly versionField: 'version' | 'sequence';
};

/** What is to be kept of one phone from now on, and what was read of it. */
export type Keep<P> = { readonly phone: Phone; readonly before: P | undefined; readonly next: P };

/**
 * What keeps a projection up to its trainees' progress: `P` is what it keeps of one phone. A crash may come between two
 * keepers, so `include` leaves out a batch that `before` has.
 */
export interface Keeper<P> {
  /** Of those of exactly these phones that it keeps anything of; a phone may have no arrivals. */
  load(arrivals: Arrivals): Promise<ReadonlyMap<Phone, Known<P>>>;
  /** What is kept after a batch that leaves the trainee as told. The same, or nothing, means: nothing to write. */
  include(before: P | undefined, arrival: Arrival, after: TraineeProgress): P | undefined;
  /** Writes each that is still as it was read. Answers the phones that somebody else wrote first. */
  save(kept: readonly Keep<P>[]): Promise<ReadonlySet<Phone>>;
}

/** The name that a collection has where it is opened: its own, or a shadow's. */
export type NameOf = (collection: string) => string;

/**
 * A projection of the events beside the trainees' progress, over a store `S`: how its stores are opened, and what a
 * batch does to them.
 */
export interface KeptProjection<S, P = unknown> extends EventProjection {
  inMemory(): S;
  /** Resolves when the collection has its indexes. */
  mongo(connection: Connection, collection: string): Promise<S>;
  /** Notes what has happened, in whatever order it is read and however often. */
  note?(store: S, batches: readonly EventBatch[]): Promise<void>;
  /** Removes what it noted of a phone before an erasure. */
  forget?(store: S, erasure: Erasure): Promise<void>;
  /** Includes batches in their order, together with the trainees' progress. */
  keeper?(store: S): Keeper<P>;
}

/** Takes records of the message log into the collection that it was opened for; an order that is not theirs is no matter. */
export type FoldRecords = (records: readonly SmsLogRecord[]) => Promise<void>;

/** A projection of the message log: which records of a phone it includes shows in no version. */
export type LogProjection = Projection & {
  /** Opens the service's own fold over a collection. */
  readonly openFold: (connection: Connection, collection: string) => Promise<FoldRecords>;
};
