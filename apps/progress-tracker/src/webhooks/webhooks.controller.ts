import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  Inject,
  NotFoundException,
  Param,
  Post,
  Query,
} from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProperty,
  ApiTags,
} from '@nestjs/swagger';
import { Asker, type Caller } from '@stopcovid/runtime';
import { Matches } from 'class-validator';
import { CURSORS, placeInTime, type Cursors } from '../api/cursors';
import { PageQuery } from '../api/page-query';
import { Needs } from '../keys/needs';
import { TakesKey } from '../once/takes-key';
import { invalidBody, Problem } from '../problems/problem';
import type { Deliveries } from './deliveries';
import {
  addWebhook,
  enableWebhook,
  mostWebhooks,
  pingWebhook,
  removeWebhook,
  replayDelivery,
  rotateSecret,
  type HookParts,
  type NewSecret,
} from './operate';
import {
  DeliveryListView,
  deliveryView,
  DeliveryView,
  WebhookBody,
  WebhookListView,
  WebhookSecretView,
  webhookView,
  WebhookView,
} from './webhook-views';
import type { Webhooks } from './webhooks';

/** What the routes of webhooks work with; without `parts` there is no key to sign with, and nothing is changed. */
export type HookDesk = {
  readonly webhooks: Webhooks;
  readonly deliveries: Deliveries;
  readonly parts: HookParts | undefined;
};
/** Its token. */
export const HOOK_DESK = Symbol('HOOK_DESK');

class WebhookPath {
  @ApiProperty({ example: 'wh_5e8d7c6b5a49382716059483' })
  @Matches(/^\w{1,64}$/, { message: 'id is not one of a webhook' })
  readonly id!: string;
}

class DeliveryPath extends WebhookPath {
  @ApiProperty({ example: 'msg_0f1e2d3c4b5a69788796a5b4c3d2e1f0' })
  @Matches(/^\w{1,64}$/, { message: 'deliveryId is not one of a delivery' })
  readonly deliveryId!: string;
}

const there = <T>(found: T | undefined): T => {
  if (found === undefined) throw new NotFoundException('There is nothing of this id.');
  return found;
};

const secretView = ({ webhook, secret }: NewSecret): WebhookSecretView => ({
  ...webhookView(webhook),
  secret,
});

/** Where a list goes on that has as many as were asked for. */
const lastPlace = <T extends { readonly createdAt: Date; readonly id: string }>(
  items: readonly T[],
  limit: number,
): { readonly at: Date; readonly id: string } | undefined => {
  const last = items[limit - 1];
  return items.length <= limit || last === undefined ? undefined : { at: last.createdAt, id: last.id };
};

/** Addresses that are told what happens, as Standard Webhooks 1.0.0. */
@ApiTags('webhooks')
@Controller('v1/webhooks')
export class WebhooksController {
  constructor(
    @Inject(HOOK_DESK) private readonly desk: HookDesk,
    @Inject(CURSORS) private readonly cursors: Cursors,
  ) {}

  @Post()
  @TakesKey()
  @ApiOperation({ summary: 'Make a webhook, whose secret is shown once' })
  @Needs('admin')
  @Header('Cache-Control', 'no-store')
  @ApiCreatedResponse({ type: WebhookSecretView, description: 'It hears of what happens from now on' })
  @ApiConflictResponse({ description: 'There are as many as can be, or the service has no WEBHOOK_KEY' })
  async add(@Body() body: WebhookBody, @Asker() { name }: Caller): Promise<WebhookSecretView> {
    const answer = await addWebhook(this.#parts(), body, name);
    switch (answer.kind) {
      case 'added':
        return secretView(answer);
      case 'invalid':
        throw invalidBody([answer.problem]);
      case 'tooMany':
        throw new Problem('cannot-be-added', `There are ${mostWebhooks} webhooks, which is the most.`);
    }
  }

  @Get()
  @ApiOperation({ summary: 'The webhooks, the oldest first' })
  @Needs('admin')
  @ApiOkResponse({ type: WebhookListView })
  async list(@Query() { limit, cursor }: PageQuery): Promise<WebhookListView> {
    const paging = this.cursors.of({ list: 'webhooks', filter: {}, placeIn: placeInTime });
    const found = await this.desk.webhooks.list({ limit: limit + 1, ...paging.after(cursor) });
    return { items: found.slice(0, limit).map(webhookView), ...paging.next(lastPlace(found, limit)) };
  }

  @Get(':id')
  @ApiOperation({ summary: 'One webhook' })
  @Needs('admin')
  @ApiOkResponse({ type: WebhookView })
  @ApiNotFoundResponse({ description: 'There is none of this id' })
  async one(@Param() { id }: WebhookPath): Promise<WebhookView> {
    return webhookView(there(await this.desk.webhooks.one(id)));
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Remove a webhook with all that is on its way to it' })
  @Needs('admin')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'It is told nothing more' })
  @ApiNotFoundResponse({ description: 'There is none of this id' })
  async remove(@Param() { id }: WebhookPath): Promise<void> {
    there((await removeWebhook(this.desk, id)) || undefined);
  }

  @Post(':id/rotate')
  @TakesKey()
  @ApiOperation({ summary: 'Give a webhook a new secret, which is shown once' })
  @Needs('admin')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @ApiOkResponse({ type: WebhookSecretView, description: 'The secret before signs too for 24 hours' })
  @ApiNotFoundResponse({ description: 'There is none of this id' })
  @ApiConflictResponse({ description: 'The service has no WEBHOOK_KEY' })
  async rotate(@Param() { id }: WebhookPath): Promise<WebhookSecretView> {
    return secretView(there(await rotateSecret(this.#parts(), id)));
  }

  @Post(':id/enable')
  @TakesKey()
  @ApiOperation({ summary: 'Let a webhook hear again that was disabled' })
  @Needs('admin')
  @HttpCode(200)
  @ApiOkResponse({
    type: WebhookView,
    description: 'What was on its way goes on; what happened meanwhile does not',
  })
  @ApiNotFoundResponse({ description: 'There is none of this id' })
  async enable(@Param() { id }: WebhookPath): Promise<WebhookView> {
    return webhookView(there(await enableWebhook(this.desk, id)));
  }

  @Post(':id/ping')
  @TakesKey()
  @ApiOperation({ summary: 'Send a webhook an event that says nothing, to try it' })
  @Needs('admin')
  @HttpCode(202)
  @ApiAcceptedResponse({ type: DeliveryView, description: 'What comes of it is among its deliveries' })
  @ApiNotFoundResponse({ description: 'There is none of this id' })
  @ApiConflictResponse({ description: 'The service has no WEBHOOK_KEY' })
  async ping(@Param() { id }: WebhookPath): Promise<DeliveryView> {
    return deliveryView(there(await pingWebhook(this.#parts(), id)));
  }

  @Get(':id/deliveries')
  @ApiOperation({ summary: 'What is and was on its way to a webhook, the latest first' })
  @Needs('admin')
  @ApiOkResponse({ type: DeliveryListView, description: 'Of the last thirty days' })
  @ApiNotFoundResponse({ description: 'There is none of this id' })
  async deliveries(
    @Param() { id }: WebhookPath,
    @Query() { limit, cursor }: PageQuery,
  ): Promise<DeliveryListView> {
    there(await this.desk.webhooks.one(id));
    const paging = this.cursors.of({ list: 'webhook-deliveries', filter: { id }, placeIn: placeInTime });
    const found = await this.desk.deliveries.list(id, { limit: limit + 1, ...paging.after(cursor) });
    return { items: found.slice(0, limit).map(deliveryView), ...paging.next(lastPlace(found, limit)) };
  }

  @Post(':id/deliveries/:deliveryId/replay')
  @TakesKey()
  @ApiOperation({ summary: 'Send an event again, under the same id' })
  @Needs('admin')
  @HttpCode(202)
  @ApiAcceptedResponse({ type: DeliveryView })
  @ApiNotFoundResponse({ description: 'There is none of these ids' })
  @ApiConflictResponse({ description: 'The service has no WEBHOOK_KEY' })
  async replay(@Param() { id, deliveryId }: DeliveryPath): Promise<DeliveryView> {
    return deliveryView(there(await replayDelivery(this.#parts(), `${id}:${deliveryId}`)));
  }

  #parts(): HookParts {
    if (this.desk.parts === undefined)
      throw new Problem('cannot-be-added', 'Webhooks need the setting WEBHOOK_KEY, which is not there.');
    return this.desk.parts;
  }
}
