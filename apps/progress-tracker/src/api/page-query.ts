import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, Matches, Max, Min } from 'class-validator';
import { Optional } from './request-rules';

/** Which page of a list to show. */
export class PageQuery {
  @ApiPropertyOptional({ default: 50, minimum: 1, maximum: 500 })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(500)
  limit: number = 50;

  @ApiPropertyOptional({ description: '`nextCursor` of the page before, with the same filter' })
  @Optional()
  @Matches(/^[\w-]{40,1024}$/, { message: 'cursor is not one that this service gave' })
  cursor?: string;
}

/** What every page of a list may have. */
export class PageView {
  @ApiPropertyOptional({
    description:
      'Give this as `cursor` for the next page, or follow the header `Link`; absent on the last one',
  })
  nextCursor?: string;
}
