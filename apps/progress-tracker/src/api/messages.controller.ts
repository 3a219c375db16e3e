import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { phoneSchema } from '@stopcovid/contracts';
import type { DayRange, MessageFilter, MessageStore } from '../messages/message-store';
import { invalidParameter } from '../problems/problem';
import { CURSORS, placeInTime, type Cursors } from './cursors';
import { CostQuery, MessagesQuery } from './message-requests';
import { costView, MessageCostListView, MessageListView, messageView } from './message-views';
import { dayOf, daysAfter, instantOf } from './when';
import { Needs } from '../keys/needs';

/** The token of the message log. */
export const MESSAGE_STORE = Symbol('MESSAGE_STORE');

const filterOf = ({ phone, from, to, status, direction }: MessagesQuery): MessageFilter => {
  const [begin, end] = [from, to].map((moment) => (moment === undefined ? undefined : instantOf(moment)));
  if (begin !== undefined && end !== undefined && begin >= end)
    throw invalidParameter('from', 'from must be before to');
  return {
    ...(phone === undefined ? {} : { phone: phoneSchema.parse(phone) }),
    ...(begin === undefined ? {} : { from: begin }),
    ...(end === undefined ? {} : { to: end }),
    ...(status === undefined ? {} : { status }),
    ...(direction === undefined ? {} : { direction }),
  };
};

const usualDays = 30;
const mostDays = 366;

const rangeOf = ({ from, to }: CostQuery, now: Date): DayRange => {
  const last = to ?? dayOf(now);
  const first = from ?? daysAfter(last, 1 - usualDays);
  if (first > last) throw invalidParameter('from', 'from must not be after to');
  if (first <= daysAfter(last, -mostDays))
    throw invalidParameter('from', `from and to may be ${mostDays} days apart at the most`);
  return { from: first, to: last };
};

@ApiTags('messages')
@Controller('v1/messages')
export class MessagesController {
  constructor(
    @Inject(MESSAGE_STORE) private readonly store: MessageStore,
    @Inject(CURSORS) private readonly cursors: Cursors,
  ) {}

  @Get()
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
  @Needs('analyst')
  @ApiOkResponse({ type: MessageCostListView })
  async cost(@Query() query: CostQuery): Promise<MessageCostListView> {
    const range = rangeOf(query, new Date());
    return costView(range, await this.store.cost(range));
  }
}
