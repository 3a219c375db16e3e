import { carrierStatusSchema, type CarrierStatus } from '@stopcovid/contracts';
import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, Matches, ValidateBy } from 'class-validator';
import { PageQuery } from './page-query';
import { e164, e164Message, Optional, plusOfOffset, withPlus } from './request-rules';
import { instantOf, isDay } from './when';

const statuses = carrierStatusSchema.options;

/** A moment, with any offset, or the beginning of a day in UTC. */
export const IsMoment = (): PropertyDecorator =>
  applyDecorators(
    Transform(plusOfOffset),
    ValidateBy({
      name: 'moment',
      validator: {
        validate: (value) => typeof value === 'string' && instantOf(value) !== undefined,
        defaultMessage: () =>
          '$property must be a time such as 2026-03-01T17:05:00Z, with any offset, or a day such as 2026-03-01, in UTC',
      },
    }),
  );

/** A day of the calendar. */
export const IsDay = (): PropertyDecorator =>
  ValidateBy({
    name: 'day',
    validator: {
      validate: (value) => typeof value === 'string' && isDay(value),
      defaultMessage: () => '$property must be a day such as 2026-03-01, in UTC',
    },
  });

/** Which messages to list. */
export class MessagesQuery extends PageQuery {
  @ApiPropertyOptional({ example: '+12025550143', description: 'E.164; the + may be written as %2B' })
  @Optional()
  @Transform(withPlus)
  @Matches(e164, { message: e164Message })
  phone?: string;

  @ApiPropertyOptional({
    description:
      'Not before: a time such as 2026-03-01T17:05:00Z or 2026-03-01T12:05:00-05:00, or a day such as 2026-03-01, UTC',
  })
  @Optional()
  @IsMoment()
  from?: string;

  @ApiPropertyOptional({ description: 'Before: a time with any offset, or the start of a day, UTC' })
  @Optional()
  @IsMoment()
  until?: string;

  @ApiPropertyOptional({ deprecated: true, description: 'The older name of `until`' })
  @Optional()
  @IsMoment()
  to?: string;

  @ApiPropertyOptional({ enum: statuses })
  @Optional()
  @IsIn(statuses, { message: `status must be one of ${statuses.join(', ')}` })
  status?: CarrierStatus;

  @ApiPropertyOptional({ enum: ['inbound', 'outbound'] })
  @Optional()
  @IsIn(['inbound', 'outbound'], { message: 'direction must be inbound or outbound' })
  direction?: 'inbound' | 'outbound';
}

/** Of which days to show the cost. */
export class CostQuery {
  @ApiPropertyOptional({
    description: 'The first day, such as 2026-03-01, UTC; 30 days before `until` by default',
  })
  @Optional()
  @IsDay()
  from?: string;

  @ApiPropertyOptional({
    description: 'The first day that is not in it any more, such as 2026-04-01, UTC; tomorrow by default',
  })
  @Optional()
  @IsDay()
  until?: string;

  @ApiPropertyOptional({
    deprecated: true,
    description: 'The last day, which is in it: older than `until`, the day after it',
  })
  @Optional()
  @IsDay()
  to?: string;
}
