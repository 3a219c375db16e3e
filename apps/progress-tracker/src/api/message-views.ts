import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { carrierStatusSchema } from '@stopcovid/contracts';
import { idOf, type LoggedMessage } from '../messages/logged-message';
import type { CostRow, DayRange } from '../messages/cost-rows';
import { given } from '../given';
import { PageView } from './page-query';
import { daysAfter } from './when';
import { UnreadableView } from './unreadable-view';

class PriceView {
  @ApiProperty({ example: 0.0079 }) amount!: number;
  @ApiProperty({ example: 'USD', description: 'ISO 4217' }) currency!: string;
}

/** One message, in or out. */
export class MessageView {
  @ApiProperty({ description: 'Ours for what we sent, the one of the carrier for what came in' }) id!: string;
  @ApiProperty({ example: '+12025550143', description: "The trainee's" }) phone!: string;
  @ApiProperty({ enum: ['inbound', 'outbound'] }) direction!: string;
  @ApiProperty({ enum: ['sms', 'whatsapp'] }) channel!: string;
  @ApiPropertyOptional({ description: 'Absent while only a status of the message has come' }) body?: string;
  @ApiProperty({ type: [String] }) mediaUrls!: readonly string[];
  @ApiPropertyOptional({ description: 'The number at our end' }) ourAddress?: string;
  @ApiPropertyOptional({ description: "The carrier's id; absent for what it refused" }) sid?: string;
  @ApiPropertyOptional({
    type: [String],
    description: 'Further ids, when one message was sent more than once',
  })
  moreSids?: readonly string[];
  @ApiPropertyOptional() messageId?: string;
  @ApiPropertyOptional({ enum: carrierStatusSchema.options, description: 'The furthest reported' })
  status?: string;
  @ApiPropertyOptional({ format: 'date-time', description: 'When the status was first reported' })
  statusAt?: string;
  @ApiPropertyOptional({ description: "The carrier's code" }) errorCode?: string;
  @ApiPropertyOptional() segments?: number;
  @ApiPropertyOptional({ enum: ['GSM-7', 'UCS-2'] }) encoding?: string;
  @ApiPropertyOptional({ description: 'The event that a message of ours tells of' }) kind?: string;
  @ApiPropertyOptional({ description: 'Who pays for it, where known' }) employerId?: string;
  @ApiPropertyOptional({ description: "The trainee's at that time, where known" }) unitId?: string;
  @ApiPropertyOptional({ description: "The trainee's at that time, where known" }) language?: string;
  @ApiPropertyOptional({ type: PriceView, description: 'What the carrier charged, where that was recorded' })
  price?: PriceView;
  @ApiPropertyOptional({ description: 'The drill that it is of, where known' }) drill?: string;
  @ApiProperty({ format: 'date-time' }) at!: string;
}

/** One page of messages, newest first. */
export class MessageListView extends PageView {
  @ApiProperty({ type: [MessageView] }) items!: readonly MessageView[];
  @ApiPropertyOptional({ type: [UnreadableView], description: 'What the page should show and cannot' })
  unreadable?: readonly UnreadableView[];
}

/** What the messages of one day, direction, channel, encoding and employer came to. */
export class MessageCostView {
  @ApiProperty({ example: '2026-03-01', description: 'UTC' }) day!: string;
  @ApiProperty({ enum: ['inbound', 'outbound'] }) direction!: string;
  @ApiProperty({ enum: ['sms', 'whatsapp'] }) channel!: string;
  @ApiPropertyOptional({ enum: ['GSM-7', 'UCS-2'], description: 'Absent where not known' }) encoding?: string;
  @ApiPropertyOptional({ description: 'Absent where not known' }) employerId?: string;
  @ApiProperty({ description: 'What the carrier took; refused messages cost nothing' }) messages!: number;
  @ApiProperty() segments!: number;
  @ApiProperty({ description: 'How many of the messages have no number of segments' }) unmeasured!: number;
}

/** The cost of some days. */
export class MessageCostListView {
  @ApiProperty({ example: '2026-03-01' }) from!: string;
  @ApiProperty({ example: '2026-04-01', description: 'The first day that is not in it any more' })
  until!: string;
  @ApiProperty({ example: '2026-03-31', deprecated: true, description: 'The last day' }) to!: string;
  @ApiProperty({ type: [MessageCostView] }) items!: readonly MessageCostView[];
}

/** A message as analysts see one. */
export const messageView = (message: LoggedMessage): MessageView => {
  const { content, countsFor, report, messageId, price } = message;
  const [sid, ...more] = message.sids;
  const { at, mediaUrls, phone, direction, channel, ...rest } = content;
  return {
    id: idOf(message),
    phone,
    direction,
    channel,
    mediaUrls,
    at: at.toISOString(),
    ...rest,
    ...countsFor,
    ...given({
      sid,
      moreSids: more.length === 0 ? undefined : more,
      messageId,
      status: report?.status,
      statusAt: report?.at.toISOString(),
      errorCode: report?.errorCode,
      price: price && { amount: price.millionths / 1_000_000, currency: price.currency },
    }),
  };
};

/** The cost of a range of days as analysts see it. */
export const costView = (range: DayRange, items: readonly CostRow[]): MessageCostListView => ({
  ...range,
  until: daysAfter(range.to, 1),
  items,
});
