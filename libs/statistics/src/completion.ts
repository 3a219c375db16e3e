import type { LocalDate } from '@stopcovid/calendar';
import { rate, type Rate } from './rate';

/** How far a run came that is not completed: it was given, its first text is out, its trainee has answered. */
export type UnfinishedStage = 'assigned' | 'sent' | 'started';

/**
 * What completion asks of a run. A completion that was taken back is none. `dueOn` is the local day at the end of which
 * it should be done, if there is one; `optedOut` says that its trainee withdrew consent before it was.
 */
export type RunFacts = { readonly demo: boolean; readonly dueOn: LocalDate | null } & (
  | { readonly stage: UnfinishedStage; readonly optedOut: boolean }
  | { readonly stage: 'completed'; readonly completedOn: LocalDate }
);

/** How many runs came how far. Whole numbers: those of parts, added, are those of the whole. Demos are in none of them. */
export type CompletionCounts = {
  readonly assigned: number;
  readonly sent: number;
  readonly started: number;
  readonly completed: number;
  /** Of the assigned, those with a day at the end of which they should be done. */
  readonly due: number;
  readonly onTime: number;
  readonly optedOut: number;
};

/** The counts of completion, and the rates that are made of them. */
export type Completion = CompletionCounts & {
  readonly ofAssigned: Rate;
  readonly ofStarted: Rate;
  /** Of the assigned whose trainee has not opted out before the end. */
  readonly withoutOptedOut: Rate;
  readonly onTimeOfDue: Rate;
  /** Started, of the assigned. */
  readonly engaged: Rate;
};

const none: CompletionCounts = {
  assigned: 0,
  sent: 0,
  started: 0,
  completed: 0,
  due: 0,
  onTime: 0,
  optedOut: 0,
};

const stages = ['assigned', 'sent', 'started', 'completed'] as const;

const onTime = (run: RunFacts): boolean =>
  run.stage === 'completed' && run.dueOn !== null && run.completedOn <= run.dueOn;

const countRun = (run: RunFacts): CompletionCounts => {
  if (run.demo) return none;
  const came = (stage: RunFacts['stage']): number =>
    Number(stages.indexOf(run.stage) >= stages.indexOf(stage));
  return {
    assigned: 1,
    sent: came('sent'),
    started: came('started'),
    completed: came('completed'),
    due: Number(run.dueOn !== null),
    onTime: Number(onTime(run)),
    optedOut: Number(run.stage !== 'completed' && run.optedOut),
  };
};

const added = (one: CompletionCounts, other: CompletionCounts): CompletionCounts => ({
  assigned: one.assigned + other.assigned,
  sent: one.sent + other.sent,
  started: one.started + other.started,
  completed: one.completed + other.completed,
  due: one.due + other.due,
  onTime: one.onTime + other.onTime,
  optedOut: one.optedOut + other.optedOut,
});

/** The counts of all parts together. */
export const addCounts = (parts: Iterable<CompletionCounts>): CompletionCounts => {
  let total = none;
  for (const part of parts) total = added(total, part);
  return total;
};

/** The counts of these runs. */
export const countRuns = (runs: Iterable<RunFacts>): CompletionCounts => {
  let total = none;
  for (const run of runs) total = added(total, countRun(run));
  return total;
};

/** The rates of these counts, each with its denominator. */
export const completionOf = (counts: CompletionCounts): Completion => {
  const { assigned, sent, started, completed, due, onTime: thoseOnTime, optedOut } = counts;
  return {
    assigned,
    sent,
    started,
    completed,
    due,
    onTime: thoseOnTime,
    optedOut,
    ofAssigned: rate(completed, assigned),
    ofStarted: rate(completed, started),
    withoutOptedOut: rate(completed, assigned - optedOut),
    onTimeOfDue: rate(thoseOnTime, due),
    engaged: rate(started, assigned),
  };
};
