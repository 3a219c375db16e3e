import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { NearMisses } from './near-misses';
import { FigureView, said } from './stats-views';

class MissedVerdictsView {
  @ApiProperty() wrong!: number;
  @ApiProperty() unclear!: number;
}

class NearMissView {
  @ApiProperty({ description: 'Hash of the content' }) revision!: string;
  @ApiProperty({ example: 'en' }) language!: string;
  @ApiProperty() prompt!: string;
  @ApiProperty({
    example: 'twenty sec',
    description: 'In lower case, without marks around it; a long number is …',
  })
  text!: string;
  @ApiProperty({ description: 'Replies' }) count!: number;
  @ApiProperty({ description: 'Trainees who gave it; at least two' }) trainees!: number;
  @ApiProperty({ type: MissedVerdictsView, description: 'What the replies were taken for' })
  verdicts!: MissedVerdictsView;
  @ApiPropertyOptional({ description: 'The option that it was taken for' }) option?: string;
}

/** Wrong and unclear replies that several trainees gave alike. */
export class NearMissesView extends FigureView {
  @ApiProperty() drill!: string;
  @ApiProperty({ description: 'How many there are, shown or not' }) shared!: number;
  @ApiProperty({ type: [NearMissView], description: 'The most frequent first' })
  items!: readonly NearMissView[];
}

/** What several trainees missed alike, as the API answers it. */
export const nearMissesView = (drill: string, misses: NearMisses, asOf: Date): NearMissesView => ({
  ...said(asOf),
  drill,
  ...misses,
});
