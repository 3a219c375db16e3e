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
import { Asker, type Caller } from '@stopcovid/runtime';
import { z } from 'zod';
import { CURSORS, type Cursors } from '../api/cursors';
import { given } from '../given';
import { limited, Needs } from '../keys/needs';
import { TakesKey } from '../once/takes-key';
import { askedId } from '../operations/asked-command';
import { away, keyReused } from '../operations/answer';
import { HowAsked, type Asking } from '../operations/asking';
import { filterOf } from '../figures/stats-requests';
import { regradingPage } from './regrading';
import type { GroupPlace } from './reply-groups';
import { GroupPath, refuseAll, RegradingQuery, RuleBody, tooMany } from './regrading-requests';
import { groupView, RegradingView, RuledView, ruledView } from './regrading-views';
import { rule, type RegradingParts } from './rule';

/** What the routes of regrading need. */
export type RegradingDesk = RegradingParts & { readonly now: () => Date };
/** Its token. */
export const REGRADING_DESK = Symbol('REGRADING_DESK');

const placeSchema = z.object({ trainees: z.int(), replies: z.int(), id: z.string() });
const placeIn = (json: unknown): GroupPlace => placeSchema.parse(json);

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
    @Query() { limit, cursor, ruled, ...asked }: RegradingQuery,
    @Asker() { employers }: Caller,
  ): Promise<RegradingView> {
    refuseAll(asked);
    const filter = { ...filterOf(asked), ...given({ ruled }) };
    const paging = this.cursors.of({ list: 'regrading', filter, placeIn });
    const page = await regradingPage(
      this.desk,
      { ...filter, ...given({ employers }) },
      { limit, ...paging.after(cursor) },
    ).catch(tooMany);
    const next = page.next && { trainees: page.next.trainees, replies: page.next.replies, id: page.next.id };
    return { items: page.items.map(groupView), ...paging.next(next) };
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
        throw new NotFoundException('There is no such group of replies.');
      case 'keyReused':
        throw keyReused();
      case 'ruled':
        return ruledView(ruled);
    }
  }
}
