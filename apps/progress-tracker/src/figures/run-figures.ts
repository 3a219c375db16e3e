import type { LocalDate } from '@stopcovid/calendar';
import type { Phone } from '@stopcovid/contracts';
import type { CompletionCounts, FunnelStep } from '@stopcovid/statistics';
import type { DrillRun, RunStatus } from '../progress/drill-run';
import type { RunScores } from '../progress/run-score';
import type { ContentTable } from './question-table';

/**
 * Which runs a figure is of, by what they were when they began. `from` is the first local day, `until` the first one
 * that is not in it any more. Absent fields do not filter.
 */
export type RunFilter = {
  readonly from?: LocalDate;
  readonly until?: LocalDate;
  readonly employerId?: string;
  readonly unitId?: string;
  readonly label?: string;
  readonly drill?: string;
  readonly revision?: string;
  readonly language?: string;
  readonly reason?: string;
  /** Of these employers alone, whatever else is asked for. */
  readonly employers?: readonly string[];
};

/** Which runs of one drill a figure is of. */
export type DrillFilter = RunFilter & { readonly drill: string };

/** What runs are grouped by. A run with several labels is in the group of each. */
export const groupKeys = [
  'employerId',
  'unitId',
  'label',
  'drill',
  'revision',
  'language',
  'reason',
  'day',
] as const;
export type GroupKey = (typeof groupKeys)[number];

/** The name of a group: `null` where its runs have none of that kind. */
export type GroupName = Readonly<Partial<Record<GroupKey, string | null>>>;

/**
 * Scores of completed runs. Whole numbers, so that parts add up: `scored` have a graded prompt, and `points` are their
 * scores in hundredths of a percent; `marked` have a pass mark, and of these `passed` reached it.
 */
export type ScoreCounts = {
  readonly scored: number;
  readonly points: number;
  readonly marked: number;
  readonly passed: number;
};

/**
 * What trainees said of themselves, in hundredths of a percent of its scale: `before` and `after` of the `pairs` that
 * said both in one run, and `satisfaction` of the `satisfied` that were asked for it and said it.
 */
export type RatingCounts = {
  readonly pairs: number;
  readonly before: number;
  readonly after: number;
  readonly satisfied: number;
  readonly satisfaction: number;
};

/** What runs add up to: how far they came, to how many prompts, with what score and rating. Repeats are in none of it. */
export type RunCounts = CompletionCounts & FunnelStep & ScoreCounts & RatingCounts;

/** The runs of one group, counted. */
export type CountedGroup = { readonly name: GroupName; readonly counts: RunCounts };

/** How much there is of one group: trainees each once, and the last local day on which a run of it began. */
export type RunExtent = {
  readonly name: GroupName;
  readonly trainees: number;
  readonly runs: number;
  readonly completed: number;
  readonly lastDay: LocalDate;
};

/** A local day on which somebody replied, in a run of this group. */
export type ReplyDay = { readonly name: GroupName; readonly phone: Phone; readonly day: LocalDate };

/** Where a run stands in a list of runs. What begins there begins after it, or with it where it is `included`. */
export type RunPlace = { readonly day: LocalDate; readonly runId: string; readonly included?: true };

/**
 * Which runs a list is of. With `changedSince`, those that changed then or later, and among them also those that count no
 * more: who keeps what an earlier list gave learns by it what to take out.
 */
export type ListedRuns = RunFilter & { readonly status?: RunStatus; readonly changedSince?: Date };

/** A run without what was put in it, as lists of its replies need it. */
export type AnsweredRun = Omit<DrillRun, 'prompts'>;

/** A run without its replies, but with what they come to, as lists of runs need it. */
export type ListedRun = Omit<AnsweredRun, 'replies'> & { readonly scores: RunScores };

/** How much of runs is read, by what is asked of them. */
export type RunDepths = {
  readonly whole: DrillRun;
  readonly answers: AnsweredRun;
  readonly list: ListedRun;
};
export type RunDepth = keyof RunDepths;

/** Runs, as figures ask for them. Demonstrations, repeats alone and what counts no more are in none. */
export interface RunFigures {
  /** The counts of the runs that fit, by these keys, in no order. Without keys it is one group. */
  counts(filter: RunFilter, by: readonly GroupKey[]): Promise<readonly CountedGroup[]>;
  /** How much there is of the runs that fit, by these keys, in no order. */
  extents(filter: RunFilter, by: readonly GroupKey[]): Promise<readonly RunExtent[]>;
  /** The tables of the questions of a drill, over the runs that fit, in the order of the first of each content. */
  questions(filter: DrillFilter): Promise<readonly ContentTable[]>;
  /** The runs that fit, in no order, without those that cannot be read. Holds a few hundred at a time, and reads no more of them than named. */
  runs<Depth extends RunDepth>(filter: RunFilter, depth: Depth): AsyncIterable<RunDepths[Depth]>;
  /** As `runs`, by the day of their start, then by their ids; from the place on, if any. */
  inOrder<Depth extends RunDepth>(
    listed: ListedRuns,
    depth: Depth,
    from?: RunPlace,
  ): AsyncIterable<RunDepths[Depth]>;
  /**
   * Who replied on which day, each once for a group, in no order. Here `from` and `until` are of the day of the reply, and
   * repeats alone and what was replaced are in it too: only demonstrations are not. A `day` in `by` is passed over.
   */
  replyDays(filter: RunFilter, by: readonly GroupKey[]): AsyncIterable<ReplyDay>;
}

/** Figures that know when they have changed. */
export interface VersionedFigures extends RunFigures {
  /**
   * The same text as long as no run of these employers' trainees changes, of all where there is no limit. Undefined while
   * too much changes to say.
   */
  version(employers: readonly string[] | undefined): Promise<string | undefined>;
}
