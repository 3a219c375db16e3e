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
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiServiceUnavailableResponse,
  ApiTags,
} from '@nestjs/swagger';
import { Asker, covers, type Caller } from '@stopcovid/runtime';
import { z } from 'zod';
import { CURSORS, type Cursors } from '../api/cursors';
import { given } from '../given';
import { limited, Needs } from '../keys/needs';
import { TakesKey } from '../once/takes-key';
import { askedId } from '../operations/asked-command';
import { away, keyReused } from '../operations/answer';
import { HowAsked, type Asking } from '../operations/asking';
import { filterOf } from '../figures/stats-requests';
import { regradingItem, regradingPage } from './regrading';
import type { GroupPlace } from './reply-groups';
import { GroupPath, RegradingQuery, RuleBody, spanOf, tooMany, type Span } from './regrading-requests';
import {
  groupView,
  RegradingView,
  ReplyGroupView,
  RuledView,
  ruledView,
  type DrillsAsTaught,
} from './regrading-views';
import { rule, type RegradingParts } from './rule';

/** What the routes of regrading need. */
export type RegradingDesk = RegradingParts & {
  readonly taught: DrillsAsTaught;
  readonly now: () => Date;
};
/** Its token. */
export const REGRADING_DESK = Symbol('REGRADING_DESK');

/* With the days of the first page: those of the next one are the same, whenever it is asked for. */
const placeSchema = z.object({
  trainees: z.int(),
  replies: z.int(),
  id: z.string(),
  from: z.string().exactOptional(),
  until: z.string().exactOptional(),
});
type ListPlace = GroupPlace & Span;
const placeIn = (json: unknown): ListPlace => placeSchema.parse(json);

const placeOf = ({ trainees, replies, id }: GroupPlace, span: Span): ListPlace => ({
  ...{ trainees, replies, id },
  ...span,
});

const notThere = (): NotFoundException => new NotFoundException('There is no such group of replies.');

/** People correct the machine: what many answered alike and was not taken for right. */
@ApiTags('regrading')
@Controller('v1/regrading')
export class RegradingController {
  constructor(
    @Inject(REGRADING_DESK) private readonly desk: RegradingDesk,
    @Inject(CURSORS) private readonly cursors: Cursors,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Replies that several trainees gave alike and that were not taken for right' })
  @Needs('analyst', limited)
  @ApiOkResponse({ type: RegradingView })
  async list(
    @Query() { limit, cursor, ruled, picked, prompt, ...asked }: RegradingQuery,
    @Asker() { employers, role }: Caller,
  ): Promise<RegradingView> {
    const wanted = { ...filterOf(asked), ...given({ ruled, picked, prompt }) };
    const paging = this.cursors.of({ list: 'regrading', filter: wanted, placeIn });
    const { after } = paging.after(cursor);
    const span = spanOf({ ...asked, ...given({ from: after?.from, until: after?.until }) }, this.desk.now());
    const filter = { ...wanted, ...filterOf(span), ...given({ employers }) };
    const page = await regradingPage(this.desk, filter, { limit, ...given({ after }) }).catch(tooMany);
    return {
      items: page.items.map((item) => groupView(item, this.desk.taught)),
      ...span,
      mayRule: covers(role, 'operator'),
      ...paging.next(page.next && placeOf(page.next, span)),
    };
  }

  @Get(':groupId')
  @ApiOperation({ summary: 'A group of replies, in all runs of its drill: those that a ruling is on' })
  @Needs('analyst', limited)
  @ApiOkResponse({ type: ReplyGroupView })
  @ApiNotFoundResponse({ description: 'There is no such group in runs of your employers' })
  async group(@Param() { groupId }: GroupPath, @Asker() { employers }: Caller): Promise<ReplyGroupView> {
    const item = await regradingItem(this.desk, groupId, employers).catch(tooMany);
    if (item === undefined) throw notThere();
    return groupView(item, this.desk.taught);
  }

  @Post(':groupId/rule')
  @ApiOperation({ summary: 'Rule what the replies of a group count as, or take a ruling back' })
  @Needs('operator', limited)
  @HttpCode(202)
  @TakesKey()
  @ApiAcceptedResponse({ type: RuledView, description: 'On record; the replies are regraded one by one' })
  @ApiNotFoundResponse({ description: 'There is no such group in runs of your employers' })
  @ApiServiceUnavailableResponse({ description: 'Kafka is away: ask again, with the same key' })
  async rule(
    @Param() { groupId }: GroupPath,
    @Body() { verdict, reason }: RuleBody,
    @HowAsked() { caller, key }: Asking,
  ): Promise<RuledView> {
    const { name: by, employers } = caller;
    const ruling = { id: askedId(by, key), verdict, by, at: this.desk.now() };
    const ruled = await rule(this.desk, groupId, { ...ruling, ...given({ reason, employers }) }).catch(away);
    switch (ruled.kind) {
      case 'notThere':
        throw notThere();
      case 'keyReused':
        throw keyReused();
      case 'ruled':
        return ruledView(ruled);
    }
  }
}
