import type { DrillRunId, Phone, Timestamp } from '@stopcovid/contracts';
import type { DrillRun } from './drill-run';
import type { TraineeProgress } from './evolve-progress';

/** What the tracker knows of some phones and runs. What is missing was never seen. */
export type KnownProgress = {
  readonly trainees: ReadonlyMap<Phone, TraineeProgress>;
  readonly runs: ReadonlyMap<DrillRunId, DrillRun>;
  /** Which write left each document as it was read: a rebuild replaces content without changing its version. */
  readonly marks?: ReadonlyMap<Phone | DrillRunId, string>;
  /** What is wrong with documents that cannot be read. */
  readonly unreadable?: ReadonlyMap<string, string>;
};

/**
 * The next content of a projection, the version of it that was read (0 means that there was none) and the mark of the
 * write that had left it so.
 */
export type Projected<T> = { readonly next: T; readonly readVersion: number; readonly readMark?: string };

/** Whom an answer is limited to, by the ids of their employers: it says nothing of anybody else. */
export type Employers = readonly string[];

/** Which trainees a list asks for. Absent fields do not filter. */
export type TraineeFilter = {
  readonly employerId?: string;
  readonly unitId?: string;
  readonly personId?: string;
  readonly language?: string;
  readonly optedOut?: boolean;
  readonly registered?: boolean;
  readonly employers?: Employers;
};

/** A document that was asked for and cannot be read: a later release wrote it, or somebody's hand. */
export type UnreadableDocument = { readonly id: string; readonly reason: string };

/**
 * One page of trainees, in the order of their phones. `next` is where the following page begins, `unreadable` what
 * belongs to the page and cannot be shown.
 */
export type TraineePage = {
  readonly items: readonly TraineeProgress[];
  readonly next?: Phone;
  readonly unreadable?: readonly UnreadableDocument[];
};

/** A registered phone of a person whom an employer knows by an id. */
export type PersonsPhone = {
  readonly phone: Phone;
  readonly employerId?: string;
  readonly personId: string;
  readonly registeredAt: Timestamp;
};

/** The document that was asked for is there and cannot be read. */
export class DocumentUnreadable extends Error {
  override readonly name = 'DocumentUnreadable';
}

/** The projections of the event topic: written batch by batch, each guarded by its version, and asked by analysts. */
export interface ProgressStore {
  /** The trainees of these phones, these runs, and all runs of each phone of `allRunsOf`. */
  load(
    phones: readonly Phone[],
    runs: readonly DrillRunId[],
    allRunsOf?: readonly Phone[],
  ): Promise<KnownProgress>;
  /** Runs first, then trainees. Answers the phones that another writer changed meanwhile: read and fold them again. */
  save(
    runs: readonly Projected<DrillRun>[],
    trainees: readonly Projected<TraineeProgress>[],
  ): Promise<ReadonlySet<Phone>>;
  /** What is wrong with documents of these phones, of those that have one that cannot be read. */
  unreadable(phones: readonly Phone[]): Promise<ReadonlyMap<Phone, string>>;
  /** Of one of these employers, where some are given; nobody who was erased. Throws DocumentUnreadable. */
  trainee(phone: Phone, employers?: Employers): Promise<TraineeProgress | undefined>;
  /**
   * The latest runs of a phone first, `limit` at the most, without those that cannot be read. Where employers are given,
   * those that began while their trainee was of one of these.
   */
  runsOf(phone: Phone, limit: number, employers?: Employers): Promise<readonly DrillRun[]>;
  /** Trainees whose phones come after `after`. */
  trainees(
    filter: TraineeFilter,
    page: { readonly after?: Phone; readonly limit: number },
  ): Promise<TraineePage>;
  /** The registered phones of people with these ids, at whichever employer, in no order. */
  phonesOfPersons(personIds: readonly string[]): Promise<readonly PersonsPhone[]>;
}
