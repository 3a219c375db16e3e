import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { PageView } from '../api/page-query';
import { given } from '../given';
import type { QuestionWords } from './question-words';
import type { RegradingItem } from './regrading';
import type { Ruled } from './rule';
import type { ReplyGroup } from './reply-groups';
import { rulingVerdicts, type Ruling } from './rulings';

class ReplyRulingView {
  @ApiProperty({ enum: rulingVerdicts }) verdict!: string;
  @ApiProperty({ description: 'Whose key it was' }) by!: string;
  @ApiProperty({ format: 'date-time', description: 'It is on replies that were judged up to then' })
  at!: string;
  @ApiPropertyOptional() reason?: string;
}

/** What came of a ruling. */
export class RuledView extends ReplyRulingView {
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

class QuestionWordsView {
  @ApiProperty({ description: 'What was asked, without its options; a name is …' }) words!: string;
  @ApiProperty({ type: [String], description: 'The answers that are right' }) right!: readonly string[];
}

/** Replies that say the same to one question. */
export class ReplyGroupView {
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
  @ApiPropertyOptional({
    type: QuestionWordsView,
    description: 'Where this content of the drill is still given',
  })
  question?: QuestionWordsView;
  @ApiProperty() replies!: number;
  @ApiProperty({ description: 'In which they were given' }) runs!: number;
  @ApiProperty({ description: 'Trainees who gave it; at least two' }) trainees!: number;
  @ApiProperty({ description: 'Replies on which no ruling stands' }) open!: number;
  @ApiProperty({ type: JudgedCountsView, description: 'What the machine took them for' })
  judged!: JudgedCountsView;
  @ApiProperty({ type: RuledCountsView, description: 'What those count as on which a ruling stands' })
  ruled!: RuledCountsView;
  @ApiProperty({ type: [String], description: 'By which rules they were read' }) rules!: readonly string[];
  @ApiPropertyOptional({ description: 'The option that they were taken for' }) option?: string;
  @ApiPropertyOptional({
    type: ReplyRulingView,
    description: 'The last one; replies that came later are open',
  })
  ruling?: ReplyRulingView;
  @ApiProperty({ description: 'Whether who gave it is told once a person says that it was right' })
  tellsTrainees!: boolean;
}

/** One page of groups of replies. */
export class RegradingView extends PageView {
  @ApiProperty({ type: [ReplyGroupView], description: 'The most shared first' })
  items!: readonly ReplyGroupView[];
  @ApiPropertyOptional({ format: 'date', description: 'The first local day of the runs that were read' })
  from?: string;
  @ApiPropertyOptional({ format: 'date', description: 'The first local day that was not read any more' })
  until?: string;
  @ApiProperty({ description: 'Whether your key may rule' }) mayRule!: boolean;
}

/** What is to be known of a drill beside the replies to it. */
export type DrillsAsTaught = {
  /** Of a content that is still given. */
  readonly questionOf: (group: ReplyGroup) => QuestionWords | undefined;
  /** Whether its trainees are told that an answer was right after all. */
  readonly isTold: (drill: string) => boolean;
};

const rulingView = ({ verdict, by, at, reason }: Ruling): ReplyRulingView => ({
  verdict,
  by,
  at: at.toISOString(),
  ...given({ reason }),
});

/** A group as the API answers it. */
export const groupView = (
  { group, ruling }: RegradingItem,
  { questionOf, isTold }: DrillsAsTaught,
): ReplyGroupView => ({
  ...group,
  ...given({ question: questionOf(group), ruling: ruling && rulingView(ruling) }),
  tellsTrainees: isTold(group.drill),
});

/** A ruling as the API answers it. */
export const ruledView = ({ ruling, regraded }: Extract<Ruled, { kind: 'ruled' }>): RuledView => ({
  ...rulingView(ruling),
  regraded,
});
