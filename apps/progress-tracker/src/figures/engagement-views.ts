import { ApiProperty } from '@nestjs/swagger';
import type { EngagementTable } from './engagement-table';
import { FigureView, RateView, said } from './stats-views';

class ConfidenceView {
  @ApiProperty({ description: 'Runs in which it was said both before and after' }) pairs!: number;
  @ApiProperty({ type: Number, nullable: true, description: 'Mean on the scale, 0 to 1; null below ten' })
  before!: number | null;
  @ApiProperty({ type: Number, nullable: true }) after!: number | null;
  @ApiProperty({ type: Number, nullable: true, description: 'After less before, of the same runs' })
  lift!: number | null;
}

class SatisfactionView {
  @ApiProperty({ description: 'Runs in which it was said' }) of!: number;
  @ApiProperty({ type: Number, nullable: true, description: 'Mean on the scale, 0 to 1; null below ten' })
  mean!: number | null;
}

class EngagementFigures {
  @ApiProperty({ description: 'Trainees of whom at least one reply to a question came then' })
  activeTrainees!: number;
  @ApiProperty({ type: RateView, description: 'Of the runs that began then, those whose trainee replied' })
  engaged!: RateView;
  @ApiProperty({ type: RateView, description: 'Of the questions of these runs, those that were answered' })
  participation!: RateView;
  @ApiProperty({ type: ConfidenceView, description: 'Of runs that began then and ask for it' })
  confidence!: ConfidenceView;
  @ApiProperty({ type: SatisfactionView, description: 'Of runs that began then and ask for it' })
  satisfaction!: SatisfactionView;
}

class EngagementLineView extends EngagementFigures {
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string', nullable: true },
    example: { employerId: 'acme', week: '2026-W10' },
    description: 'What the line is of; null for runs that have none',
  })
  group!: object;
}

/** Whether people take part. */
export class EngagementView extends FigureView {
  @ApiProperty({ type: [EngagementLineView] }) lines!: readonly EngagementLineView[];
  @ApiProperty({ type: EngagementFigures, description: 'Counts each trainee once' })
  total!: EngagementFigures;
  @ApiProperty({ description: 'What these figures leave out' }) without!: string;
}

/** A table of engagement as the API answers it. */
export const engagementView = (table: EngagementTable, asOf: Date): EngagementView => ({
  ...said(asOf),
  days: 'of active trainees the local days of their replies; of the rates those on which runs began',
  without:
    'texts that answer no question (such as HELP, MORE, STOP, codes and thanks), demonstrations, and runs from before ' +
    'replies were kept; repeated questions and runs that were replaced count for active trainees alone',
  ...table,
});
