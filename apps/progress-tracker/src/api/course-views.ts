import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Course } from '@stopcovid/drills';
import { given } from '../given';
import type { DrillRun } from '../progress/drill-run';
import { addScores, isEnough, scoreOf } from '../progress/run-score';
import { ScoreView, scoreView } from './score-view';

/** How a trainee stands with the course, as it is now. */
export class CourseStandingView {
  @ApiProperty({ description: 'Drills of the course' }) drills!: number;
  @ApiProperty({ description: 'Of these, those completed since the present registration' })
  completed!: number;
  @ApiPropertyOptional({
    type: ScoreView,
    description:
      'Of the latest completed run of each drill; absent where one is from before replies were kept',
  })
  score?: ScoreView;
  @ApiPropertyOptional({ example: 80, description: 'Of the course, in percent' }) passMark?: number;
  @ApiPropertyOptional({
    description: 'All drills are completed and the score is the pass mark or more; absent without either',
  })
  passed?: boolean;
}

const isThere = <T>(value: T | undefined): value is T => value !== undefined;

/** Where a trainee stands with the course; `runs` are those that count, the latest first. */
export const courseStanding = (
  { drills, passMark }: Course,
  runs: readonly DrillRun[],
): CourseStandingView => {
  const done = runs.filter(({ status }) => status === 'completed');
  const latest = drills.map((drill) => done.find((run) => run.drill === drill)).filter(isThere);
  const scores = latest.map(scoreOf).filter(isThere);
  const score = scores.length === latest.length ? addScores(scores) : undefined;
  const isDone = latest.length === drills.length;
  return {
    drills: drills.length,
    completed: latest.length,
    ...given({
      score: score && scoreView(score),
      passMark,
      passed: passMark === undefined || score === undefined ? undefined : isDone && isEnough(score, passMark),
    }),
  };
};
