import { timestampSchema } from '@stopcovid/contracts';
import type { Course } from '@stopcovid/drills';
import { given } from '../given';
import type { DrillRun } from '../progress/drill-run';
import type { TraineeProgress } from '../progress/evolve-progress';
import { DocumentUnreadable, type Employers, type ProgressStore } from '../progress/progress-store';
import { decideRecord, type NameRecord } from './decide-record';
import { hasAll, mostRuns } from './keep-records';
import { statusOf, type CompletionRecord } from './record';
import type { Records } from './records';

/** What records are made with for those who passed when none were made. */
export type MakeParts = {
  readonly records: Pick<Records, 'of' | 'keep'>;
  readonly store: Pick<ProgressStore, 'runsOf'>;
  readonly course: () => Course;
  readonly nameRecord: NameRecord;
  /** Tells a trainee of a record; once under the same round, however often it is called. */
  readonly tell: (record: CompletionRecord, progress: TraineeProgress, round?: string) => Promise<void>;
};

/** What there is of a trainee's record: one as it was, or one that may be made. */
export type Standing =
  | { readonly kind: 'there'; readonly record: CompletionRecord }
  | { readonly kind: 'passed'; readonly record: CompletionRecord }
  | { readonly kind: 'notPassed' };

const latest = (runs: readonly DrillRun[]): DrillRun | undefined =>
  [...runs].sort((one, other) => other.startedVersion - one.startedVersion)[0];

const endOf = (runs: readonly DrillRun[]): Date =>
  new Date(Math.max(...runs.map(({ endedAt, startedAt }) => (endedAt ?? startedAt).getTime())));

/* As of the batch that they passed with, as far as runs tell: when, and at which employer. */
const asOfThen = (record: CompletionRecord, runs: readonly DrillRun[]): CompletionRecord => {
  const own = runs.filter(({ runId }) => record.runs.some((each) => each.runId === runId));
  const last = latest(own);
  const { employerId, ...rest } = record;
  const groups = last?.groups ?? given({ employerId });
  return { ...rest, passedAt: endOf(own), ...given({ employerId: groups.employerId }) };
};

/** Where a trainee stands with their record. Where employers are given, runs of others are none. */
export const recordStanding =
  ({ records, store, course: courseNow, nameRecord }: Omit<MakeParts, 'tell'>) =>
  async (progress: TraineeProgress, employers?: Employers): Promise<Standing> => {
    const course = courseNow();
    const { phone, version, trainee, registeredVersion = 0 } = progress;
    const { records: found, unreadable } = await records.of([phone]);
    if (unreadable.length > 0) throw new DocumentUnreadable('completion_records');
    const known = found.find((each) => each.course === course.slug);
    if (known !== undefined && (known.takenBackAt === undefined || known.withdrawn !== undefined))
      return { kind: 'there', record: known };
    const runs = hasAll(course, progress) ? await store.runsOf(phone, mostRuns, employers) : [];
    if (runs.length === 0) return { kind: 'notPassed' };
    const batch = { phone, version, trainee, at: timestampSchema.parse(endOf(runs).toISOString()) };
    const record = decideRecord({ batch, registeredVersion, runs, course, record: known }, nameRecord);
    return record === undefined ? { kind: 'notPassed' } : { kind: 'passed', record: asOfThen(record, runs) };
  };

/** How a record is asked for. `tellAgain` is for whoever lost the text: once for each day of this moment, UTC. */
export type Making = { readonly employers?: Employers | undefined; readonly tellAgain?: Date | undefined };

/** Makes the record of somebody who passed, as a batch would have, unless there is one. Tells first, keeps then. */
export const makeRecord = (parts: MakeParts) => {
  const standingOf = recordStanding(parts);
  return async (progress: TraineeProgress, { employers, tellAgain }: Making): Promise<Standing> => {
    const standing = await standingOf(progress, employers);
    const isValid = standing.kind === 'there' && statusOf(standing.record) === 'valid';
    if (isValid && tellAgain !== undefined)
      await parts.tell(standing.record, progress, tellAgain.toISOString().slice(0, 10));
    if (standing.kind !== 'passed') return standing;
    await parts.tell(standing.record, progress);
    await parts.records.keep(standing.record);
    return standing;
  };
};
