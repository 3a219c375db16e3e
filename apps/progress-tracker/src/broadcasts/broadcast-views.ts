import { PageView } from '../api/page-query';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Broadcast, BroadcastProgress } from './broadcasts';
import { leftOutReasons } from './broadcast';
import type { Preview } from './preview';

class ShareView {
  @ApiProperty() readonly people!: number;
  @ApiProperty({ type: [String], description: 'The first ten' }) readonly phones!: readonly string[];
}

class LeftOutView extends ShareView {
  @ApiProperty({ enum: leftOutReasons }) readonly reason!: string;
}

class LanguageView {
  @ApiProperty({ example: 'es' }) readonly language!: string;
  @ApiProperty() readonly people!: number;
  @ApiProperty({ description: 'Of one text' }) readonly segmentsEach!: number;
  @ApiProperty() readonly segments!: number;
  @ApiPropertyOptional({ description: 'At `SMS_SEGMENT_PRICE`, where that is set' }) readonly cost?: number;
}

class BroadcastObstacleView {
  @ApiProperty({ enum: ['nobody', 'doesNotFit'] }) readonly code!: string;
  @ApiProperty() readonly message!: string;
}

/** What would come of a broadcast. */
export class PreviewView {
  @ApiProperty({ description: 'In the audience' }) readonly people!: number;
  @ApiProperty({ type: ShareView }) readonly reached!: ShareView;
  @ApiProperty({ type: [LeftOutView] }) readonly leftOut!: readonly LeftOutView[];
  @ApiProperty({ type: [LanguageView] }) readonly languages!: readonly LanguageView[];
  @ApiPropertyOptional({ format: 'date-time' }) readonly firstAt?: string;
  @ApiPropertyOptional({ format: 'date-time', description: "At the account's rate" })
  readonly lastAt?: string;
  @ApiProperty({ type: [BroadcastObstacleView], description: 'Empty when it can be confirmed' })
  readonly obstacles!: readonly BroadcastObstacleView[];
}

class ProgressView {
  @ApiProperty() readonly waiting!: number;
  @ApiProperty({ description: 'The engine was asked to send it' }) readonly published!: number;
  @ApiProperty({ description: 'Its time was over' }) readonly passed!: number;
  @ApiProperty() readonly stopped!: number;
}

/** A broadcast, and how far it is. */
export class BroadcastView {
  @ApiProperty() readonly id!: string;
  @ApiProperty({ enum: ['freezing', 'running', 'stopped'] }) readonly state!: string;
  @ApiProperty() readonly by!: string;
  @ApiProperty({ format: 'date-time' }) readonly at!: string;
  @ApiProperty({ description: 'On its list' }) readonly people!: number;
  @ApiProperty({ type: 'object', additionalProperties: true }) readonly letter!: object;
  @ApiPropertyOptional({ type: ProgressView }) readonly progress?: ProgressView;
}

/** The latest broadcasts. */
export class BroadcastListView extends PageView {
  @ApiProperty({ type: [BroadcastView] }) readonly items!: readonly BroadcastView[];
}

export const previewView = ({ firstAt, lastAt, ...preview }: Preview): PreviewView => ({
  ...preview,
  ...(firstAt && { firstAt: firstAt.toISOString() }),
  ...(lastAt && { lastAt: lastAt.toISOString() }),
});

export const broadcastView = (
  { id, state, by, at, people, letter }: Broadcast,
  progress?: BroadcastProgress,
): BroadcastView => ({
  id,
  state,
  by,
  at: at.toISOString(),
  people,
  letter,
  ...(progress && { progress }),
});
