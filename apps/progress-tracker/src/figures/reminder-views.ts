import { ApiProperty } from '@nestjs/swagger';
import type { ReminderTable } from './reminder-table';
import { FigureView, RateView, said } from './stats-views';

class ReminderFiguresView {
  @ApiProperty({ description: 'Reminders of questions' }) sent!: number;
  @ApiProperty({ type: RateView, description: 'Runs with a reminder, of the assigned' }) reminded!: RateView;
  @ApiProperty({
    type: RateView,
    description: 'Answered before the next reminder, of the questions with a first one',
  })
  afterFirst!: RateView;
  @ApiProperty({ type: RateView, description: 'The same of a second one' }) afterSecond!: RateView;
  @ApiProperty({ type: RateView, description: 'The same of a third one' }) afterThird!: RateView;
  @ApiProperty({ type: RateView, description: 'Questions answered after a reminder, of those with one' })
  rescued!: RateView;
  @ApiProperty({ type: Number, nullable: true, description: 'From a reminder to its answer' })
  medianHours!: number | null;
  @ApiProperty({
    type: RateView,
    description: 'Runs that an opt-out cut off while a reminder was not answered, of those with one',
  })
  optedOut!: RateView;
}

class ReminderLineView extends ReminderFiguresView {
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string', nullable: true },
    example: { employerId: 'acme', month: '2026-03' },
    description: 'What the line is of; null for runs that have none',
  })
  group!: object;
}

/** What reminders did. */
export class RemindersView extends FigureView {
  @ApiProperty({ type: [ReminderLineView] }) lines!: readonly ReminderLineView[];
  @ApiProperty({ type: ReminderFiguresView, description: 'Counts each run once' })
  total!: ReminderFiguresView;
  @ApiProperty({ description: 'What these figures leave out' }) without!: string;
}

/** A table of reminders as the API answers it. */
export const remindersView = (table: ReminderTable, asOf: Date): RemindersView => ({
  ...said(asOf),
  without:
    'demonstrations, repeated questions, runs that were replaced, unclear replies, and reminders from before they were ' +
    'kept: a rebuild adds them',
  ...table,
});
