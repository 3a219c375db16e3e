import { ApiProperty, ApiPropertyOptional, IntersectionType, PickType } from '@nestjs/swagger';
import { PageView } from '../api/page-query';
import { RatingView } from '../api/rating-view';
import { ScoreView, scoreView } from '../api/score-view';
import { given } from '../given';
import { runStatuses } from '../progress/drill-run';
import { verdicts } from '../progress/judged-reply';
import type { Answer } from './answers';
import type { GroupedRun } from './run-facts';
import type { AnsweredRun, ListedRun } from './run-figures';
import { FigureView, said } from './stats-views';

class RunView {
  @ApiProperty() runId!: string;
  @ApiProperty({ example: '+12025550143' }) phone!: string;
  @ApiPropertyOptional({ description: 'When it began, like the unit and the labels' }) employerId?: string;
  @ApiPropertyOptional() unitId?: string;
  @ApiPropertyOptional({ type: [String] }) labels?: readonly string[];
  @ApiProperty() drill!: string;
  @ApiProperty({ description: 'Hash of the content' }) revision!: string;
  @ApiProperty({ example: 'en' }) language!: string;
  @ApiProperty({ example: 'scheduled', description: 'Why it was started' }) reason!: string;
  @ApiProperty({ example: '2026-03-01', description: 'The local day on which it began' }) day!: string;
  @ApiProperty({ description: 'The zone of its local days' }) zone!: string;
  @ApiProperty({ enum: runStatuses }) status!: string;
  @ApiProperty({ format: 'date-time' }) startedAt!: string;
  @ApiPropertyOptional({ format: 'date-time' }) endedAt?: string;
  @ApiPropertyOptional({ example: '2026-03-01', description: 'The local day of its end' }) endedDay?: string;
  @ApiPropertyOptional({ example: 'optedOut' }) abandonedBecause?: string;
  @ApiPropertyOptional({ description: 'Right, at whichever attempt, with what people ruled since' })
  right?: number;
  @ApiPropertyOptional({ description: 'Of so many that were graded' }) graded?: number;
  @ApiPropertyOptional({
    type: ScoreView,
    description: 'Absent in runs from before replies were kept; a repeat of an earlier drill is not in it',
  })
  score?: ScoreView;
  @ApiPropertyOptional({ example: 80, description: 'Of its content when it began, in percent' })
  passMark?: number;
  @ApiPropertyOptional({
    description: 'Completed with a score of the pass mark or more; absent without one, and while it goes on',
  })
  passed?: boolean;
  @ApiPropertyOptional({
    format: 'date-time',
    description: 'The time of the event that last changed it; absent in runs from before this was kept',
  })
  changedAt?: string;
  @ApiPropertyOptional({
    description: 'Another run or registration replaced it, so it counts no more: only with `changedSince`',
  })
  superseded?: boolean;
}

/** One page of runs. */
export class RunsView extends IntersectionType(FigureView, PageView) {
  @ApiProperty({ type: [RunView], description: 'By the local day of their start' })
  items!: readonly RunView[];
}

const runFields = [
  'runId',
  'phone',
  'employerId',
  'unitId',
  'labels',
  'drill',
  'revision',
  'language',
  'day',
  'superseded',
] as const;

class AnswerView extends PickType(RunView, runFields) {
  @ApiProperty() prompt!: string;
  @ApiProperty({ format: 'date-time' }) at!: string;
  @ApiProperty({ type: String, nullable: true, description: 'As it was texted' }) response!: string | null;
  @ApiProperty({ enum: verdicts, description: 'What it counts as' }) verdict!: string;
  @ApiPropertyOptional({ enum: verdicts, description: 'What it was taken for before a person ruled on it' })
  judged?: string;
  @ApiProperty({ description: 'By which rule it was read' }) rule!: string;
  @ApiPropertyOptional({ description: 'From 1; an unclear reply is none' }) attempt?: number;
  @ApiPropertyOptional({ description: 'The option that it named' }) option?: string;
  @ApiPropertyOptional({ description: 'Milliseconds since the question was put' }) afterMs?: number;
  @ApiPropertyOptional({ description: 'After a reminder of the question' }) reminded?: boolean;
  @ApiPropertyOptional({ description: 'The earlier drill that the question is of' }) repeatOf?: string;
  @ApiPropertyOptional({ type: RatingView, description: 'Where the question asks for one' })
  rating?: RatingView;
}

/** One page of judged replies. */
export class AnswersView extends IntersectionType(FigureView, PageView) {
  @ApiProperty({ type: [AnswerView], description: 'By run, in the order in which they came' })
  items!: readonly AnswerView[];
  @ApiProperty({ description: 'What the list leaves out' }) without!: string;
}

const whatRan = ({ runId, phone, drill, revision, groups, superseded }: GroupedRun<AnsweredRun>) => {
  const { language, day, employerId, unitId, labels } = groups;
  return {
    runId,
    phone,
    drill,
    revision,
    language,
    day,
    ...given({ employerId, unitId, labels, superseded }),
  };
};

const scoresIn = ({ passMark, scores: { score, passed } }: ListedRun) =>
  given({ score: score && scoreView(score), passMark, passed });

const runView = (run: GroupedRun<ListedRun>): RunView => {
  const { reason, status, startedAt, endedAt, endedDay, abandonedBecause, graded, changedAt } = run;
  return {
    ...whatRan(run),
    zone: run.groups.zone,
    reason,
    status,
    startedAt: startedAt.toISOString(),
    ...given({
      endedAt: endedAt?.toISOString(),
      endedDay,
      abandonedBecause,
      right: run.scores.right,
      graded,
    }),
    ...scoresIn(run),
    ...given({ changedAt: changedAt?.toISOString() }),
  };
};

const answerView = ({ run, reply: { ruling: _ruling, ...reply } }: Answer): AnswerView => ({
  ...whatRan(run),
  ...reply,
  at: reply.at.toISOString(),
});

/** A page of runs as the API answers it. */
export const runsView = (runs: readonly GroupedRun<ListedRun>[], asOf: Date): RunsView => ({
  ...said(asOf),
  items: runs.map(runView),
});

/** A page of judged replies as the API answers it. */
export const answersView = (answers: readonly Answer[], asOf: Date): AnswersView => ({
  ...said(asOf),
  without: 'texts that answer no question, demonstrations, and runs from before replies were kept',
  items: answers.map(answerView),
});
