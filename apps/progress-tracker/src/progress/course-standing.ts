import type { Course } from '@stopcovid/drills';
import type { DrillRun } from './drill-run';
import { addScores, isEnough, scoreOf, type Score } from './run-score';

/** Where a trainee stands with a course, as it is now. */
export type CourseStanding = {
  /** The latest completed run of each drill of the course that has one, in the order of the course. */
  readonly completed: readonly DrillRun[];
  /** Over these runs; undefined where one is from before replies were kept. */
  readonly score?: Score;
  /** All drills are completed and the score is the pass mark or more; undefined without either. */
  readonly passed?: boolean;
};

const isThere = <T>(value: T | undefined): value is T => value !== undefined;

/** The score of runs together; undefined where one is from before replies were kept. */
export const scoreOver = (runs: readonly DrillRun[]): Score | undefined => {
  const scores = runs.map(scoreOf).filter(isThere);
  return scores.length === runs.length ? addScores(scores) : undefined;
};

/** Whether a run counts for its trainee, whose present registration is of this version. */
export const isValid = (run: DrillRun, registeredVersion: number): boolean =>
  run.startedVersion >= registeredVersion && run.abandonedBecause !== 'optedOut' && run.repeatsOnly !== true;

/** Where a trainee stands with a course; `runs` are those that count, the latest first. */
export const courseStanding = (
  { drills, passMark }: Pick<Course, 'drills' | 'passMark'>,
  runs: readonly DrillRun[],
): CourseStanding => {
  const done = runs.filter(({ status }) => status === 'completed');
  const completed = drills.map((drill) => done.find((run) => run.drill === drill)).filter(isThere);
  const score = scoreOver(completed);
  if (score === undefined) return { completed };
  if (passMark === undefined) return { completed, score };
  const passed = completed.length === drills.length && isEnough(score, passMark);
  return { completed, score, passed };
};
