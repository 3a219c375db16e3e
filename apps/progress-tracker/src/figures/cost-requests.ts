import { ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, ArrayUnique, IsIn } from 'class-validator';
import { IsDay } from '../api/message-requests';
import { Optional } from '../api/request-rules';
import { halfOpen } from '../api/when';
import { FormatQuery } from '../files/wanted';
import type { CostFilter } from '../messages/message-store';
import { textGroupings, type TextGrouping } from './lines';
import { Name, words } from './stats-requests';

const directions = ['inbound', 'outbound'] as const;
const channels = ['sms', 'whatsapp'] as const;

/** Which texts are counted. */
class TextsQuery {
  @ApiPropertyOptional({ example: '2026-03-01', description: 'The first day, UTC' })
  @Optional()
  @IsDay()
  from?: string;

  @ApiPropertyOptional({
    example: '2026-04-01',
    description: 'The first day that is not in it any more, UTC',
  })
  @Optional()
  @IsDay()
  until?: string;

  @Name('Sent for this employer') employerId?: string;
  @Name('Sent to trainees of this unit') unitId?: string;
  @Name('Of runs of this drill') drill?: string;
  @Name('ISO 639-1, of the trainee') language?: string;
  @Name('Why it was sent, such as `reminder`') kind?: string;

  @ApiPropertyOptional({ enum: directions })
  @Optional()
  @IsIn(directions, { message: 'direction must be inbound or outbound' })
  direction?: string;

  @ApiPropertyOptional({ enum: channels })
  @Optional()
  @IsIn(channels, { message: 'channel must be sms or whatsapp' })
  channel?: string;
}

/** Whose texts are asked for, and what has a line of its own. */
export class CostTableQuery extends IntersectionType(TextsQuery, FormatQuery) {
  @ApiPropertyOptional({
    enum: textGroupings,
    isArray: true,
    description: 'What has a line for each, with commas between; without it there is the total alone',
  })
  @Transform(words)
  @IsIn(textGroupings, { each: true, message: `by takes ${textGroupings.join(', ')}, with commas between` })
  @ArrayUnique({ message: 'by names each grouping once' })
  @ArrayMaxSize(4, { message: 'by names four groupings at the most' })
  by: TextGrouping[] = [];
}

/** The texts that a query asks for. Throws 400 where none can be. */
export const textsOf = ({
  format: _format,
  bom: _bom,
  from,
  until,
  ...exact
}: Omit<CostTableQuery, 'by'>): CostFilter => ({
  ...Object.fromEntries(Object.entries(exact).filter(([, value]) => value !== undefined)),
  ...halfOpen(from, until),
});
