import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, Max, Min } from 'class-validator';
import { PageQuery, PageView } from './page-query';
import type { HistoryEntry, HistoryEvent } from '../history/history';

/** From where on to tell what happened to a phone. */
export class HistoryQuery extends PageQuery {
  @ApiPropertyOptional({ default: 0, description: 'Only what came behind this `sequence`' })
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  after: number = 0;
}

/** All that one command led to. */
class HistoryEntryView {
  @ApiProperty({ description: 'Counts 1, 2, 3 … per phone, without holes once all is read' })
  sequence!: number;
  @ApiProperty({ format: 'date-time' }) at!: string;
  @ApiProperty({ description: 'The command that was decided' }) commandId!: string;
  @ApiProperty({ example: 'ReceiveSms' }) commandType!: string;
  @ApiProperty({
    type: 'array',
    items: { type: 'object', additionalProperties: true },
    example: [{ type: 'TraineeOptedOut', source: 'text', word: 'STOP' }],
    description: 'In their order; the guide to messages has the fields of each',
  })
  events!: readonly HistoryEvent[];
}

/** What happened to a phone, in order. */
export class HistoryView extends PageView {
  @ApiProperty({ example: '+12025550143' }) phone!: string;
  @ApiProperty({ type: [HistoryEntryView] }) items!: readonly HistoryEntryView[];
}

/** One page of what happened to a phone. */
export const historyView = (phone: string, page: readonly HistoryEntry[]): HistoryView => ({
  phone,
  items: page.map(({ phone: _phone, at, ...entry }) => ({ ...entry, at: at.toISOString() })),
});
