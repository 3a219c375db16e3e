import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsString,
  Length,
} from 'class-validator';
import { PageView } from '../api/page-query';
import { Optional } from '../api/request-rules';
import { given } from '../given';
import type { Answer, Delivery } from './deliveries';
import { hookKinds, type HookKind, type Webhook } from './webhook';

export class WebhookBody {
  @ApiProperty({ example: 'https://example.org/hooks', description: 'Public, by https, without a password' })
  @IsString()
  @Length(1, 2_048)
  readonly url!: string;

  @ApiProperty({ enum: hookKinds, isArray: true, example: ['drill.completed', 'support.requested'] })
  @IsArray()
  @ArrayNotEmpty()
  @ArrayUnique()
  @IsIn(hookKinds, { each: true, message: `kinds takes ${hookKinds.join(', ')}` })
  readonly kinds!: HookKind[];

  @ApiPropertyOptional({
    type: [String],
    description: 'Of their people alone; of everybody where it is absent',
  })
  @Optional()
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(100)
  @IsString({ each: true })
  @Length(1, 128, { each: true })
  readonly employers?: string[];

  @ApiPropertyOptional({ default: false, description: 'Whether phone numbers are sent along' })
  @Optional()
  @IsBoolean()
  readonly withPhones?: boolean;
}

export class WebhookView {
  @ApiProperty({ example: 'wh_5e8d7c6b5a49382716059483' }) readonly id!: string;
  @ApiProperty() readonly url!: string;
  @ApiProperty({ enum: hookKinds, isArray: true }) readonly kinds!: readonly HookKind[];
  @ApiPropertyOptional({ type: [String] }) readonly employers?: readonly string[];
  @ApiProperty() readonly withPhones!: boolean;
  @ApiProperty({ format: 'date-time' }) readonly createdAt!: string;
  @ApiProperty() readonly createdBy!: string;
  @ApiPropertyOptional({ format: 'date-time', description: 'Since when nothing has come through' })
  readonly failingSince?: string;
  @ApiPropertyOptional({ format: 'date-time', description: 'The address asked for a pause until then' })
  readonly resumeAt?: string;
  @ApiPropertyOptional({ format: 'date-time', description: 'Until then the secret before signs too' })
  readonly previousSecretUntil?: string;
  @ApiPropertyOptional({ format: 'date-time', description: 'Since when it is told nothing' })
  readonly disabledAt?: string;
  @ApiPropertyOptional({
    enum: ['gone', 'failing'],
    description: 'Its address answered 410, or nothing good in five days of tries',
  })
  readonly disabledBecause?: string;
}

/** A webhook whose secret is new. */
export class WebhookSecretView extends WebhookView {
  @ApiProperty({ example: 'whsec_…', description: 'What it is signed with: it is shown here alone' })
  readonly secret!: string;
}

export class WebhookListView extends PageView {
  @ApiProperty({ type: [WebhookView] }) readonly items!: readonly WebhookView[];
}

class AnswerView {
  @ApiProperty({ format: 'date-time' }) readonly at!: string;
  @ApiPropertyOptional({ example: 503 }) readonly status?: number;
  @ApiPropertyOptional({ example: 'timed-out', description: 'Why there was no answer' })
  readonly reason?: string;
}

export class DeliveryView {
  @ApiProperty({
    description: 'Of the event: the header `webhook-id`',
    example: 'msg_0f1e2d3c4b5a69788796a5b4c3d2e1f0',
  })
  readonly id!: string;
  @ApiProperty({ enum: [...hookKinds, 'webhook.ping'] }) readonly kind!: string;
  @ApiProperty({ format: 'date-time' }) readonly createdAt!: string;
  @ApiProperty({ enum: ['waiting', 'delivered', 'failed'] }) readonly state!: string;
  @ApiProperty({ description: 'How many tries began' }) readonly attempts!: number;
  @ApiPropertyOptional({ format: 'date-time', description: 'When it is tried next' })
  readonly nextAt?: string;
  @ApiPropertyOptional({ type: AnswerView, description: 'What the last try came to' })
  readonly last?: AnswerView;
}

export class DeliveryListView extends PageView {
  @ApiProperty({ type: [DeliveryView] }) readonly items!: readonly DeliveryView[];
}

/** What is shown of a webhook. */
export const webhookView = (webhook: Webhook): WebhookView => {
  const { id, url, kinds, employers, withPhones, createdAt, createdBy } = webhook;
  return {
    ...{ id, url, kinds, withPhones, createdAt: createdAt.toISOString(), createdBy },
    ...given({
      employers,
      failingSince: webhook.failingSince?.toISOString(),
      resumeAt: webhook.resumeAt?.toISOString(),
      previousSecretUntil: webhook.previous?.until.toISOString(),
      disabledAt: webhook.disabled?.at.toISOString(),
      disabledBecause: webhook.disabled?.because,
    }),
  };
};

const answerView = (answer: Answer): AnswerView => ({
  at: answer.at.toISOString(),
  ...('status' in answer ? { status: answer.status } : { reason: answer.reason }),
});

/** What is shown of a delivery. */
export const deliveryView = ({
  event,
  kind,
  createdAt,
  state,
  attempts,
  nextAt,
  last,
}: Delivery): DeliveryView => ({
  ...{ id: event, kind, createdAt: createdAt.toISOString(), state, attempts },
  ...given({ nextAt: nextAt?.toISOString(), last: last && answerView(last) }),
});
