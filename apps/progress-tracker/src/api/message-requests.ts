import { carrierStatusSchema, type CarrierStatus } from '@stopcovid/contracts';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, Matches, ValidateBy } from 'class-validator';
import { PageQuery } from './page-query';
import { e164, e164Message, Optional, withPlus } from './request-rules';
import { instantOf, isDay } from './when';

const statuses = carrierStatusSchema.options;

const IsMoment = (): PropertyDecorator =>
  ValidateBy({
    name: 'moment',
    validator: {
      validate: (value) => typeof value === 'string' && instantOf(value) !== undefined,
      defaultMessage: () =>
        '$property must be a time such as 2026-03-01T17:05:00Z or a day such as 2026-03-01, in UTC',
    },
  });

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

  @ApiPropertyOptional({ example: '2026-03-01T17:05:00Z', description: 'Not before; a time or a day, UTC' })
  @Optional()
  @IsMoment()
  from?: string;

  @ApiPropertyOptional({ example: '2026-03-02', description: 'Before; a time or the start of a day, UTC' })
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
    example: '2026-03-01',
    description: 'The first day, UTC; 29 days before `to` by default',
  })
  @Optional()
  @IsDay()
  from?: string;

  @ApiPropertyOptional({ example: '2026-03-31', description: 'The last day, UTC; today by default' })
  @Optional()
  @IsDay()
  to?: string;
}
