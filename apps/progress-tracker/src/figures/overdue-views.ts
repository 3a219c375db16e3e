import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { PageView } from '../api/page-query';
import type { OverduePage, OverdueRun } from './overdue-runs';
import { FigureView, said } from './stats-views';

class OpenQuestionView {
  @ApiProperty() prompt!: string;
  @ApiProperty({ format: 'date-time' }) askedAt!: string;
  @ApiProperty({ description: 'Whole hours since it was put' }) openHours!: number;
  @ApiPropertyOptional({ format: 'date-time', description: 'The last reminder of it' }) remindedAt?: string;
}

class OverdueRunView {
  @ApiProperty({ example: '+12025550143' }) phone!: string;
  @ApiProperty() runId!: string;
  @ApiProperty() drill!: string;
  @ApiProperty({ example: '2026-03-01', description: 'The local day by the end of which it was due' })
  dueOn!: string;
  @ApiProperty({ description: 'Local days since then' }) daysLate!: number;
  @ApiProperty({ type: OpenQuestionView }) open!: OpenQuestionView;
  @ApiPropertyOptional() employerId?: string;
  @ApiPropertyOptional() unitId?: string;
}

/** Runs that should be completed, and still go on. */
export class OverdueView extends IntersectionType(FigureView, PageView) {
  @ApiProperty({ type: [OverdueRunView], description: 'The longest overdue first' })
  items!: readonly OverdueRunView[];
  @ApiProperty({ description: 'What the list leaves out' }) without!: string;
}

const hourMs = 3_600_000;

/** Whole hours since a question was put. */
export const openHoursOf = ({ open }: OverdueRun, asOf: Date): number =>
  Math.floor((asOf.getTime() - open.askedAt.getTime()) / hourMs);

const runView = (overdue: OverdueRun, asOf: Date): OverdueRunView => {
  const { run, daysLate, open } = overdue;
  const { employerId, unitId, day: dueOn } = run.groups;
  return {
    phone: run.phone,
    runId: run.runId,
    drill: run.drill,
    dueOn,
    daysLate,
    open: {
      prompt: open.prompt,
      askedAt: open.askedAt.toISOString(),
      openHours: openHoursOf(overdue, asOf),
      ...(open.remindedAt && { remindedAt: open.remindedAt.toISOString() }),
    },
    ...(employerId === undefined ? {} : { employerId }),
    ...(unitId === undefined ? {} : { unitId }),
  };
};

/** A page of overdue runs as the API answers it. */
export const overdueView = ({ items }: OverduePage, asOf: Date): OverdueView => ({
  ...said(asOf),
  items: items.map((item) => runView(item, asOf)),
  without:
    'runs that were ended before they were completed (replaced, expired, by an opt-out) and demonstrations',
});
