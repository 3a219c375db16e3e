import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { phoneSchema } from '@stopcovid/contracts';
import { z } from 'zod';
import type { History } from '../history/history';
import { CURSORS, type Cursors } from './cursors';
import { HistoryQuery, HistoryView, historyView } from './history-views';
import { TraineePath } from './trainee-requests';
import { Needs } from '../keys/needs';
import { ReadsPersons } from '../reads/say-what-was-read';

/** The token of the history of phones. */
export const HISTORY = Symbol('HISTORY');

@ApiTags('trainees')
@Controller('v1/trainees')
export class HistoryController {
  constructor(
    @Inject(HISTORY) private readonly history: History,
    @Inject(CURSORS) private readonly cursors: Cursors,
  ) {}

  @Get(':phone/events')
  @ReadsPersons('events')
  @ApiOperation({ summary: 'What happened to a phone, in order' })
  @Needs('analyst')
  @ApiOkResponse({ type: HistoryView, description: 'Empty for a phone that nothing happened to' })
  async events(
    @Param() { phone }: TraineePath,
    @Query() { cursor, limit, ...filter }: HistoryQuery,
  ): Promise<HistoryView> {
    const key = phoneSchema.parse(phone);
    const paging = this.cursors.of({
      list: `events of ${key}`,
      filter,
      placeIn: (json) => z.int().parse(json),
    });
    const from = { ...filter, ...paging.after(cursor) };
    const found = await this.history.of(key, { ...from, limit: limit + 1 });
    const page = found.slice(0, limit);
    const next = found.length > limit ? page.at(-1)?.sequence : undefined;
    return { ...historyView(key, page), ...paging.next(next) };
  }
}
