import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { phoneSchema } from '@stopcovid/contracts';
import { costRows, type DayRange } from '../messages/cost-rows';
import type { MessageFilter, MessageStore } from '../messages/message-store';
import { invalidParameter } from '../problems/problem';
import { CURSORS, placeInTime, type Cursors } from './cursors';
import { CostQuery, MessagesQuery } from './message-requests';
import { costView, MessageCostListView, MessageListView, messageView } from './message-views';
import { dayOf, daysAfter, halfOpen, instantOf, onlyOneEnd } from './when';
import { Needs } from '../keys/needs';
import { ReadsPersons } from '../reads/say-what-was-read';

/** The token of the message log. */
export const MESSAGE_STORE = Symbol('MESSAGE_STORE');

const momentOf = (text: string | undefined): Date | undefined =>
  text === undefined ? undefined : instantOf(text);

const filterOf = (query: MessagesQuery): MessageFilter => {
  const { phone, status, direction } = query;
  onlyOneEnd(query);
  const { from, until } = halfOpen(
    momentOf(query.from),
    momentOf(query.until ?? query.to),
    query.to === undefined ? 'until' : 'to',
  );
  return {
    ...(phone === undefined ? {} : { phone: phoneSchema.parse(phone) }),
    ...(from === undefined ? {} : { from }),
    ...(until === undefined ? {} : { to: until }),
    ...(status === undefined ? {} : { status }),
    ...(direction === undefined ? {} : { direction }),
  };
};

const usualDays = 30;
const mostDays = 366;

const rangeOf = (query: CostQuery, now: Date): DayRange => {
  onlyOneEnd(query);
  const end = query.until ?? daysAfter(query.to ?? dayOf(now), 1);
  const begin = query.from ?? daysAfter(end, -usualDays);
  if (query.to !== undefined && begin >= end) throw invalidParameter('from', 'from must not be after to');
  halfOpen(begin, end);
  if (begin < daysAfter(end, -mostDays))
    throw invalidParameter('from', `from and until may be ${mostDays} days apart at the most`);
  return { from: begin, to: daysAfter(end, -1) };
};

@ApiTags('messages')
@Controller('v1/messages')
export class MessagesController {
  constructor(
    @Inject(MESSAGE_STORE) private readonly store: MessageStore,
    @Inject(CURSORS) private readonly cursors: Cursors,
  ) {}

  @Get()
  @ReadsPersons('messages')
  @ApiOperation({ summary: 'Messages, newest first' })
  @Needs('analyst')
  @ApiOkResponse({ type: MessageListView })
  async list(@Query() query: MessagesQuery): Promise<MessageListView> {
    const filter = filterOf(query);
    const paging = this.cursors.of({ list: 'messages', filter, placeIn: placeInTime });
    const page = await this.store.messages(filter, { ...paging.after(query.cursor), limit: query.limit });
    const items = page.items.map(messageView);
    return {
      items,
      ...(page.unreadable === undefined ? {} : { unreadable: page.unreadable }),
      ...paging.next(page.next),
    };
  }

  @Get('cost')
  @ApiOperation({ summary: 'Messages and segments by day, direction, channel, encoding and employer' })
  @Needs('analyst')
  @ApiOkResponse({ type: MessageCostListView })
  async cost(@Query() query: CostQuery): Promise<MessageCostListView> {
    const range = rangeOf(query, new Date());
    return costView(range, await costRows(this.store, range));
  }
}
