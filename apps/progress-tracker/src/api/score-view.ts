import { ApiProperty } from '@nestjs/swagger';
import type { Score } from '../progress/run-score';

/** So many graded questions right at the first attempt, of so many that were answered. */
export class ScoreView {
  @ApiProperty({ description: 'Right at the first attempt' }) count!: number;
  @ApiProperty({ description: 'Graded questions that were answered, each once' }) of!: number;
  @ApiProperty({ type: Number, nullable: true, description: '0 to 1; null where nothing was graded' })
  share!: number | null;
}

/** A score as the API says it. */
export const scoreView = ({ right, of }: Score): ScoreView => ({
  count: right,
  of,
  share: of === 0 ? null : right / of,
});
