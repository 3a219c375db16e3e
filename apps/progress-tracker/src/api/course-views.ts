import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Course } from '@stopcovid/drills';
import { given } from '../given';
import { courseStanding } from '../progress/course-standing';
import type { DrillRun } from '../progress/drill-run';
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

/** Where a trainee stands with the course, as the API says it; `runs` are those that count, the latest first. */
export const courseStandingView = (course: Course, runs: readonly DrillRun[]): CourseStandingView => {
  const { completed, score, passed } = courseStanding(course, runs);
  return {
    drills: course.drills.length,
    completed: completed.length,
    ...given({ score: score && scoreView(score), passMark: course.passMark, passed }),
  };
};
