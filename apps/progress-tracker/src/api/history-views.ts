import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, Max, Min } from 'class-validator';
import type { HistoryEntry, HistoryEvent } from '../history/history';

/** From where on to tell what happened to a phone. */
export class HistoryQuery {
  @ApiPropertyOptional({ default: 0, description: 'The `sequence` behind which to go on' })
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  after: number = 0;

  @ApiPropertyOptional({ default: 50, minimum: 1, maximum: 500 })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(500)
  limit: number = 50;
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
export class HistoryView {
  @ApiProperty({ example: '+12025550143' }) phone!: string;
  @ApiProperty({ type: [HistoryEntryView] }) items!: readonly HistoryEntryView[];
  @ApiPropertyOptional({ description: 'Give this as `after` for the next page; absent on the last one' })
  nextAfter?: number;
}

/** One page, made of one entry more than it shows. */
export const historyView = (phone: string, found: readonly HistoryEntry[], limit: number): HistoryView => {
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return {
    phone,
    items: page.map(({ phone: _phone, at, ...entry }) => ({ ...entry, at: at.toISOString() })),
    ...(found.length > limit && last !== undefined ? { nextAfter: last.sequence } : {}),
  };
};
