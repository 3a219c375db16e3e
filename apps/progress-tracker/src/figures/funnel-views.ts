import { ApiProperty } from '@nestjs/swagger';
import type { DrillFunnel } from './drill-funnel';
import { FigureView, RateView, said } from './stats-views';

class CameFromView {
  @ApiProperty({ type: String, nullable: true, description: 'null: it was the first of the run' })
  prompt!: string | null;
  @ApiProperty() runs!: number;
}

class FunnelPromptView {
  @ApiProperty() prompt!: string;
  @ApiProperty({ description: 'Runs that were put it' }) reached!: number;
  @ApiProperty() answered!: number;
  @ApiProperty({ description: 'Runs that were completed by being put it: it asks for nothing' })
  ended!: number;
  @ApiProperty({ type: RateView, description: 'Of those who reached it, who did not answer' })
  dropOff!: RateView;
  @ApiProperty({
    type: [CameFromView],
    description: 'What was put before it the first time, the most frequent first; adds up to reached',
  })
  after!: readonly CameFromView[];
}

class DrillFunnelView {
  @ApiProperty({ description: 'Hash of the content' }) revision!: string;
  @ApiProperty({ example: 'en' }) language!: string;
  @ApiProperty() runs!: number;
  @ApiProperty({ type: [FunnelPromptView], description: 'By the mean place at which runs came to them' })
  prompts!: readonly FunnelPromptView[];
}

/** Where the runs of a drill end. */
export class FunnelView extends FigureView {
  @ApiProperty() drill!: string;
  @ApiProperty({ type: [DrillFunnelView], description: 'By content and language, never pooled' })
  revisions!: readonly DrillFunnelView[];
}

/** The funnels of a drill as the API answers them. */
export const funnelView = (drill: string, revisions: readonly DrillFunnel[], asOf: Date): FunnelView => ({
  ...said(asOf),
  drill,
  revisions,
});
