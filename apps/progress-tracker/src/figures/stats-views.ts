import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { CompletionTable } from './completion-table';
import type { DrillQuestions } from './drill-questions';

class IntervalView {
  @ApiProperty() low!: number;
  @ApiProperty() high!: number;
}

/** So many of so many. */
export class RateView {
  @ApiProperty() count!: number;
  @ApiProperty({ description: 'The denominator' }) of!: number;
  @ApiProperty({ type: Number, nullable: true, description: '0 to 1; null where nothing is to be shared' })
  share!: number | null;
  @ApiProperty({ type: IntervalView, nullable: true, description: 'Wilson, 95 %' })
  interval!: IntervalView | null;
}

class MeanScoreView {
  @ApiProperty({ description: 'Completed runs with a graded question' }) of!: number;
  @ApiProperty({ type: Number, nullable: true, description: 'Mean of their scores, 0 to 1' })
  mean!: number | null;
}

class CompletionFigures {
  @ApiProperty({ description: 'Runs that began, but demonstrations and what was replaced' })
  assigned!: number;
  @ApiProperty({ description: 'Of these, those whose first question was put' }) sent!: number;
  @ApiProperty({ description: 'Of these, those whose trainee replied' }) started!: number;
  @ApiProperty() completed!: number;
  @ApiProperty({ description: 'With a local day by the end of which they should be done' }) due!: number;
  @ApiProperty({ description: 'Completed by the end of that day' }) onTime!: number;
  @ApiProperty({ description: 'Cut off by an opt-out' }) optedOut!: number;
  @ApiProperty({ type: RateView, description: 'Completed, of the assigned' }) ofAssigned!: RateView;
  @ApiProperty({ type: RateView, description: 'Completed, of the started' }) ofStarted!: RateView;
  @ApiProperty({ type: RateView, description: 'Completed, of those who did not opt out' })
  withoutOptedOut!: RateView;
  @ApiProperty({ type: RateView, description: 'On time, of the due' }) onTimeOfDue!: RateView;
  @ApiProperty({ type: RateView, description: 'Started, of the assigned' }) engaged!: RateView;
  @ApiProperty({ type: RateView, description: 'Reached the pass mark, of the completed that have one' })
  passed!: RateView;
  @ApiProperty({ type: MeanScoreView, description: 'Right at the first attempt, of the graded' })
  score!: MeanScoreView;
}

class CompletionLineView extends CompletionFigures {
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string', nullable: true },
    example: { employerId: 'acme', month: '2026-03' },
    description: 'What the line is of; null for runs that have none',
  })
  group!: object;
}

/** What every figure says of itself. */
export class FigureView {
  @ApiProperty({ format: 'date-time', description: 'What was known then is in it' }) asOf!: string;
  @ApiProperty({ description: 'Which days these are' }) days!: string;
  @ApiProperty({ description: 'Whose employer, unit and labels these are' }) attribution!: string;
}

/** How far runs came. */
export class CompletionView extends FigureView {
  @ApiProperty({ type: [CompletionLineView] }) lines!: readonly CompletionLineView[];
  @ApiProperty({ type: CompletionFigures, description: 'Counts each run once' }) total!: CompletionFigures;
}

class OptionView {
  @ApiProperty({ type: String, nullable: true, description: 'null: an answer that named none' })
  option!: string | null;
  @ApiProperty({ type: RateView }) picked!: RateView;
  @ApiProperty({ type: Number, nullable: true, description: 'Picking it, with the rest score' })
  correlation!: number | null;
  @ApiProperty({ type: Number, nullable: true, description: 'Mean rest score of those who picked it' })
  meanRest!: number | null;
}

class ItemView {
  @ApiProperty({
    enum: ['countsOnly', 'ratesOnly', 'provisional', 'full'],
    description: 'How much may be said',
  })
  grade!: string;
  @ApiProperty({ description: 'First attempts' }) answers!: number;
  @ApiProperty({ description: 'Those of completed runs, on which discrimination rests' }) complete!: number;
  @ApiProperty({ type: RateView, description: 'Right at the first attempt' }) facility!: RateView;
  @ApiProperty({ type: Number, nullable: true, description: 'Being right, with the rest score: −1 to 1' })
  discrimination!: number | null;
  @ApiProperty({ type: IntervalView, nullable: true, description: 'Fisher, 95 %' })
  interval!: IntervalView | null;
  @ApiProperty({ type: Number, nullable: true }) efficiency!: number | null;
  @ApiProperty({ type: [OptionView] }) options!: readonly OptionView[];
  @ApiProperty({ type: [Object], description: 'What an author should look at; from 100 answers on' })
  flags!: readonly object[];
}

class SecondsView {
  @ApiProperty({ type: Number, nullable: true }) median!: number | null;
  @ApiProperty({ type: Number, nullable: true, description: 'Nearest rank' }) p90!: number | null;
}

class QuestionView {
  @ApiProperty() prompt!: string;
  @ApiProperty({ description: 'Runs that were put it' }) reached!: number;
  @ApiProperty() answered!: number;
  @ApiProperty({ type: RateView, description: 'Of those who reached it, who did not answer' })
  dropOff!: RateView;
  @ApiPropertyOptional({ type: ItemView, description: 'Where answers are graded' }) item?: ItemView;
  @ApiProperty({ type: RateView, description: 'Right at some attempt, of the graded' })
  rightInTheEnd!: RateView;
  @ApiProperty({ type: RateView, description: 'First answers that came after a reminder' })
  afterReminder!: RateView;
  @ApiProperty({ description: 'Replies that were unclear' }) unclear!: number;
  @ApiPropertyOptional({ example: 'b', description: 'The option that was judged right, where options were' })
  key?: string;
  @ApiProperty({ description: 'Runs that were completed by being put it: it asks for nothing' })
  ended!: number;
  @ApiProperty({
    type: SecondsView,
    description: 'From the question to the first answer; from 1,000 on with three digits',
  })
  seconds!: SecondsView;
}

class DrillQuestionsView {
  @ApiProperty({ description: 'Hash of the content' }) revision!: string;
  @ApiProperty({ example: 'en' }) language!: string;
  @ApiProperty() runs!: number;
  @ApiProperty({ type: [QuestionView] }) questions!: readonly QuestionView[];
}

/** How the questions of a drill did. */
export class QuestionsView extends FigureView {
  @ApiProperty() drill!: string;
  @ApiProperty({ type: [DrillQuestionsView], description: 'By content and language, never pooled' })
  revisions!: readonly DrillQuestionsView[];
}

/** What is said of figures by the days on which runs began. */
export const said = (asOf: Date): FigureView => ({
  asOf: asOf.toISOString(),
  days: 'local days of each trainee, on which their runs began',
  attribution: 'employer, unit and labels are those of the trainee when the run began',
});

/** A table of completion as the API answers it. */
export const completionView = (table: CompletionTable, asOf: Date): CompletionView => ({
  ...said(asOf),
  ...table,
});

/** The questions of a drill as the API answers them. */
export const questionsView = (
  drill: string,
  revisions: readonly DrillQuestions[],
  asOf: Date,
): QuestionsView => ({ ...said(asOf), drill, revisions });
