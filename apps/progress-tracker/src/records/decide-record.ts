import { createHash } from 'node:crypto';
import type { EventBatch } from '@stopcovid/contracts';
import type { Course } from '@stopcovid/drills';
import { given } from '../given';
import { courseStanding, isValid, scoreOver } from '../progress/course-standing';
import type { DrillRun } from '../progress/drill-run';
import { isEnough } from '../progress/run-score';
import type { CompletionRecord, RecordRun } from './record';

/** Where a phone stands after a batch, as far as its record depends on it. */
export type Moment = {
  readonly batch: Pick<EventBatch, 'phone' | 'version' | 'at' | 'trainee'>;
  readonly registeredVersion: number;
  /** All runs of the phone, the latest first. */
  readonly runs: readonly DrillRun[];
  readonly course: Course;
  /** Of this phone and course. */
  readonly record: CompletionRecord | undefined;
};

const restingOn = ({ drill, revision, runId }: DrillRun): RecordRun => ({ drill, revision, runId });

/** A course under the contents that somebody passed it with. */
const revisionOf = ({ slug, passMark }: Course, runs: readonly RecordRun[]): string =>
  createHash('sha256')
    .update(JSON.stringify([slug, passMark, runs.map(({ drill, revision }) => [drill, revision])]))
    .digest('hex');

/** Whether the runs that a record rests on still count, and still come to its mark. */
const stillStands = ({ runs, passMark }: CompletionRecord, known: readonly DrillRun[]): boolean => {
  const own = known.filter(({ runId }) => runs.some((each) => each.runId === runId));
  /* A run that is older than what is looked at has not changed. */
  if (own.length < runs.length) return own.every(({ superseded }) => superseded !== true);
  const score = scoreOver(own);
  return (
    own.every(({ superseded }) => superseded !== true) && (score === undefined || isEnough(score, passMark))
  );
};

/** The language of the run that ended last. */
const languageIn = (runs: readonly DrillRun[]): string | undefined =>
  [...runs].sort((one, other) => other.startedVersion - one.startedVersion)[0]?.groups?.language;

/* What is passed after an erasure is a record of its own. */
const goingOnWith = (before: CompletionRecord | undefined) =>
  before?.erasedAt === undefined
    ? { record: before, after: before?.after }
    : { record: undefined, after: before.version };

const passedNow = (
  { batch, registeredVersion, runs, course, record: before }: Moment,
  nameRecord: NameRecord,
): CompletionRecord | undefined => {
  const { record, after } = goingOnWith(before);
  const counting = runs.filter((run) => run.superseded !== true && isValid(run, registeredVersion));
  const { completed, score, passed } = courseStanding(course, counting);
  const { passMark, title } = course;
  if (passed !== true || score === undefined || passMark === undefined) return undefined;
  const resting = completed.map(restingOn);
  const { employerId } = batch.trainee.account;
  return {
    id: record?.id ?? nameRecord(batch.phone, after === undefined ? course.slug : `${course.slug} ${after}`),
    phone: batch.phone,
    course: course.slug,
    revision: revisionOf(course, resting),
    passedAt: new Date(batch.at),
    score,
    passMark,
    runs: resting,
    ...given({ employerId, title, language: languageIn(completed), after }),
    version: batch.version,
  };
};

/** A record once its trainee was erased by a batch: withdrawn, and silent about them. */
export const eraseRecord = (
  { id, phone, course, title, passedAt, passMark, after }: CompletionRecord,
  { version, at }: Moment['batch'],
): CompletionRecord => ({
  ...{ id, phone, course, passedAt, passMark, version },
  revision: '',
  score: { right: 0, of: 0 },
  runs: [],
  ...given({ title, after }),
  takenBackAt: new Date(at),
  erasedAt: new Date(at),
});

/** Names the record of a trainee and a course for good. */
export type NameRecord = (phone: string, course: string) => string;

/**
 * What a batch makes of a record: a new one, one that is taken back or stands again, or nothing. A batch that is in it
 * already changes nothing.
 */
export const decideRecord = (moment: Moment, nameRecord: NameRecord): CompletionRecord | undefined => {
  const { record, batch, runs } = moment;
  if (record === undefined) return passedNow(moment, nameRecord);
  if (record.version >= batch.version) return undefined;
  if (record.erasedAt === undefined && record.takenBackAt === undefined)
    return stillStands(record, runs)
      ? undefined
      : { ...record, version: batch.version, takenBackAt: new Date(batch.at) };
  return passedNow(moment, nameRecord);
};
