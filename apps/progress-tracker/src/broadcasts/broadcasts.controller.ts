import {
  Body,
  Controller,
  Get,
  HttpCode,
  Inject,
  NotFoundException,
  Param,
  Post,
  Query,
} from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBody,
  ApiConflictResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProperty,
  ApiQuery,
  ApiTags,
} from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { CURSORS, placeInTime, type Cursors } from '../api/cursors';
import { PageQuery } from '../api/page-query';
import { keyReused } from '../operations/answer';
import { HowAsked, type Asking } from '../operations/asking';
import { invalidBody, Problem } from '../problems/problem';
import { BroadcastListView, broadcastView, BroadcastView, previewView, PreviewView } from './broadcast-views';
import { confirmBroadcast, previewBroadcast, type BroadcastParts, type Confirmed } from './operate';
import { Needs } from '../keys/needs';
import { TakesKey } from '../once/takes-key';

/** What the routes of broadcasts work with. */
export type BroadcastDesk = { readonly parts: BroadcastParts };
/** Its token. */
export const BROADCAST_DESK = Symbol('BROADCAST_DESK');

class BroadcastPath {
  @ApiProperty()
  @Matches(/^[\x21-\x7e]{1,128}$/, { message: 'id is not one of a broadcast' })
  readonly id!: string;
}

const example = {
  audience: { employerId: 'acme', label: 'night' },
  texts: { en: 'The clinic opens at ten.', es: 'La clínica abre a las diez.' },
  at: { date: '2026-06-10', time: '09:00', past: 'nextDay' },
  keepHours: 24,
  busy: 'include',
};

const notThere = (): never => {
  throw new NotFoundException('There is no broadcast of this id.');
};

const broadcastIn = (confirmed: Confirmed) => {
  switch (confirmed.kind) {
    case 'confirmed':
      return confirmed.broadcast;
    case 'invalid':
      throw invalidBody(confirmed.problems);
    case 'keyReused':
      throw keyReused();
    case 'hindered':
      throw new Problem('hindered', confirmed.preview.obstacles.map(({ message }) => message).join('; '), {
        preview: previewView(confirmed.preview),
      });
  }
};

/** One message to many. */
@ApiTags('broadcasts')
@Controller('v1/broadcasts')
export class BroadcastsController {
  constructor(
    @Inject(BROADCAST_DESK) private readonly desk: BroadcastDesk,
    @Inject(CURSORS) private readonly cursors: Cursors,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Send one message to an audience' })
  @Needs('operator')
  @ApiBody({ schema: { type: 'object', additionalProperties: true, example } })
  @ApiQuery({ name: 'dryRun', required: false, type: Boolean, description: 'The preview; nothing goes out' })
  @TakesKey({ required: true })
  @ApiOkResponse({ type: PreviewView, description: 'Of a dry run' })
  @ApiAcceptedResponse({
    type: BroadcastView,
    description: 'Its list is frozen; `Location` says how far it is',
  })
  @ApiConflictResponse({ description: 'It would reach nobody, or cannot fit: `preview` says why' })
  async confirm(@Body() content: unknown, @HowAsked() asking: Asking): Promise<BroadcastView | PreviewView> {
    if (asking.dryRun) return this.#preview(content, asking);
    const confirming = { by: asking.caller.name, key: asking.key };
    const broadcast = broadcastIn(await confirmBroadcast(content, confirming, this.desk.parts));
    asking.reply.code(202);
    asking.reply.header('Location', `/v1/broadcasts/${broadcast.id}`);
    return broadcastView(broadcast);
  }

  @Get()
  @ApiOperation({ summary: 'Broadcasts, the latest first' })
  @Needs('analyst')
  @ApiOkResponse({ type: BroadcastListView, description: 'The latest first' })
  async list(@Query() { limit, cursor }: PageQuery): Promise<BroadcastListView> {
    const paging = this.cursors.of({ list: 'broadcasts', filter: {}, placeIn: placeInTime });
    const found = await this.desk.parts.broadcasts.latest({ ...paging.after(cursor), limit: limit + 1 });
    const page = found.slice(0, limit);
    const last = found.length > limit ? page.at(-1) : undefined;
    return {
      items: page.map((each) => broadcastView(each)),
      ...paging.next(last && { at: last.at, id: last.id }),
    };
  }

  @Get(':id')
  @ApiOperation({ summary: 'One broadcast, and how far it is' })
  @Needs('analyst')
  @ApiOkResponse({ type: BroadcastView })
  @ApiNotFoundResponse({ description: 'There is no such broadcast' })
  async one(@Param() { id }: BroadcastPath): Promise<BroadcastView> {
    const { broadcasts } = this.desk.parts;
    const found = await broadcasts.of(id);
    return found === undefined ? notThere() : broadcastView(found, await broadcasts.progressOf(id));
  }

  @Post(':id/stop')
  @TakesKey()
  @ApiOperation({ summary: 'Stop a broadcast for whoever waits' })
  @Needs('operator')
  @HttpCode(200)
  @ApiOkResponse({ type: BroadcastView, description: 'Whoever waited has it no more' })
  @ApiNotFoundResponse({ description: 'There is no such broadcast, or its list is not frozen yet' })
  async stop(@Param() path: BroadcastPath, @HowAsked() asking: Asking): Promise<BroadcastView> {
    const { broadcasts, now } = this.desk.parts;
    const stopped = { by: asking.caller.name, at: now() };
    return (await broadcasts.stop(path.id, stopped)) ? this.one(path) : notThere();
  }

  async #preview(content: unknown, { reply }: Asking): Promise<PreviewView> {
    const answer = await previewBroadcast(content, this.desk.parts);
    if (answer.kind === 'invalid') throw invalidBody(answer.problems);
    reply.code(200);
    return previewView(answer.preview);
  }
}
