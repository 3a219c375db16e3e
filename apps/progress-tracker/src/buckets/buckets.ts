import type { LocalDate } from '@stopcovid/calendar';
import type { ContentTable } from '../figures/question-table';
import type { CountedGroup, DrillFilter, GroupKey, RunFilter } from '../figures/run-figures';
import type { Bucket, BucketKey, Cell, Counted, Versions } from './bucket';

/**
 * Says that runs of these buckets are being written: it is there before any of them is, and `written` once they all are.
 * Until a recount that began after that has removed it, its buckets are not to be relied on.
 */
export type Mark = {
  readonly id: string;
  readonly keys: readonly BucketKey[];
  /** When it was set, by the clock of who did. */
  readonly at: Date;
  readonly written: boolean;
};

/** A bucket as it is to be, and the versions that were read before its runs were counted. */
export type Recounted = Counted & { readonly read: Versions };

/** What is done once, or once a day. */
export type Round = 'built' | 'checked';

/** The buckets, and the marks of those that are not up to date. */
export interface Buckets {
  /** Marks buckets before runs of theirs are written. Throws what the store throws; then nothing may be written. */
  mark(keys: readonly BucketKey[]): Promise<Mark>;
  /** The runs of this mark are written. Sets the mark again where somebody took it for left behind. */
  written(mark: Mark): Promise<void>;
  /** The marks, the oldest first. */
  marks(limit: number): Promise<readonly Mark[]>;
  remove(marks: readonly Mark[]): Promise<void>;
  /** The versions of those of these buckets that are there, by their ids. */
  versions(keys: readonly BucketKey[]): Promise<ReadonlyMap<string, Versions>>;
  /** Writes each that still has the versions that were read. Answers the ids of those that somebody else wrote first. */
  save(recounted: readonly Recounted[]): Promise<ReadonlySet<string>>;
  /** All of one day. */
  on(day: LocalDate): Promise<readonly Bucket[]>;
  /** The first day with a bucket, after this one. */
  nextDay(after: LocalDate | undefined): Promise<LocalDate | undefined>;
  /** The counts of the buckets that fit, without those excepted; by these keys, in no order. */
  counts(asked: BucketQuery): Promise<readonly CountedGroup[]>;
  /** What the buckets that fit say of the questions of a drill, without those excepted: not added up, in no order. */
  questions(asked: QuestionsQuery): Promise<readonly ContentTable[]>;
  /** Changes with every recount of a bucket of these employers, of all where there is no limit. */
  version(employers: readonly string[] | undefined): Promise<string>;
  /** When this was done last. */
  lastDone(round: Round): Promise<Date | undefined>;
  noteDone(round: Round, at: Date): Promise<void>;
}

/** What is asked of buckets. */
export type BucketQuery = {
  readonly filter: RunFilter;
  readonly by: readonly GroupKey[];
  readonly except: readonly BucketKey[];
};

/** What is asked of buckets about the questions of a drill; not by unit, label or reason. */
export type QuestionsQuery = {
  readonly filter: Omit<DrillFilter, 'unitId' | 'label' | 'reason'>;
  readonly except: readonly BucketKey[];
};

/** What the questions of one bucket are now. */
export type KeyedContents = Pick<Counted, 'key' | 'contents'>;

/** The runs that buckets are counted from. */
export interface CountedRuns {
  /** What the runs of one local day are now, of these employers (`null`: of none), of all where none are named. */
  cellsOn(day: LocalDate, employers?: readonly (string | null)[]): Promise<readonly Cell[]>;
  /** The same of questions, by bucket. Holds a few hundred runs at a time. */
  questionsOn(day: LocalDate, employers?: readonly (string | null)[]): Promise<readonly KeyedContents[]>;
  /** Whose runs began on a day, whether they count or not. */
  employersOn(day: LocalDate): Promise<readonly (string | null)[]>;
  /** The first day on which a run began, after this one. */
  nextDay(after: LocalDate | undefined): Promise<LocalDate | undefined>;
}
