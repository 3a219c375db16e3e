import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { PageView } from '../api/page-query';
import { given } from '../given';
import type { RegradingItem } from './regrading';
import type { Ruled } from './rule';
import { rulingVerdicts, type Ruling } from './rulings';

class RulingView {
  @ApiProperty({ enum: rulingVerdicts }) verdict!: string;
  @ApiProperty({ description: 'Whose key it was' }) by!: string;
  @ApiProperty({ format: 'date-time', description: 'It is on replies that were judged up to then' })
  at!: string;
  @ApiPropertyOptional() reason?: string;
}

/** What came of a ruling. */
export class RuledView extends RulingView {
  @ApiProperty({ description: 'So many replies are regraded' }) regraded!: number;
}

class JudgedCountsView {
  @ApiProperty() wrong!: number;
  @ApiProperty() unclear!: number;
}

class RuledCountsView {
  @ApiProperty() right!: number;
  @ApiProperty() wrong!: number;
}

class ReplyGroupView {
  @ApiProperty({ example: 'hand-washing:how-long:4f2c9a1e5d6b7c8d9e0f1a2b' }) id!: string;
  @ApiProperty() drill!: string;
  @ApiProperty({ description: 'Hash of the content' }) revision!: string;
  @ApiProperty({ example: 'en' }) language!: string;
  @ApiProperty() prompt!: string;
  @ApiProperty({
    example: 'twenty sec',
    description: 'In lower case, without marks around it; a long number is …',
  })
  text!: string;
  @ApiProperty({ type: [String], description: 'Some as they were texted, but for long numbers' })
  examples!: readonly string[];
  @ApiProperty() replies!: number;
  @ApiProperty({ description: 'Trainees who gave it; at least two' }) trainees!: number;
  @ApiProperty({ description: 'Replies on which no ruling stands' }) open!: number;
  @ApiProperty({ type: JudgedCountsView, description: 'What the machine took them for' })
  judged!: JudgedCountsView;
  @ApiProperty({ type: RuledCountsView, description: 'What those count as on which a ruling stands' })
  ruled!: RuledCountsView;
  @ApiProperty({ type: [String], description: 'By which rules they were read' }) rules!: readonly string[];
  @ApiPropertyOptional({ description: 'The option that they were taken for' }) option?: string;
  @ApiPropertyOptional({ type: RulingView, description: 'The last one; replies that came later are open' })
  ruling?: RulingView;
}

/** One page of groups of replies. */
export class RegradingView extends PageView {
  @ApiProperty({ type: [ReplyGroupView], description: 'The most shared first' })
  items!: readonly ReplyGroupView[];
}

const rulingView = ({ verdict, by, at, reason }: Ruling): RulingView => ({
  verdict,
  by,
  at: at.toISOString(),
  ...given({ reason }),
});

/** A group as the API answers it. */
export const groupView = ({ group, ruling }: RegradingItem): ReplyGroupView => ({
  ...group,
  ...(ruling === undefined ? {} : { ruling: rulingView(ruling) }),
});

/** A ruling as the API answers it. */
export const ruledView = ({ ruling, regraded }: Extract<Ruled, { kind: 'ruled' }>): RuledView => ({
  ...rulingView(ruling),
  regraded,
});
