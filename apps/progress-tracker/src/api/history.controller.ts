import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { phoneSchema } from '@stopcovid/contracts';
import type { History } from '../history/history';
import { HistoryQuery, HistoryView, historyView } from './history-views';
import { TraineePath } from './trainee-requests';
import { Needs } from '../keys/needs';

/** The token of the history of phones. */
export const HISTORY = Symbol('HISTORY');

@ApiTags('trainees')
@Controller('v1/trainees')
export class HistoryController {
  constructor(@Inject(HISTORY) private readonly history: History) {}

  @Get(':phone/events')
  @Needs('analyst')
  @ApiOkResponse({ type: HistoryView, description: 'Empty for a phone that nothing happened to' })
  async events(
    @Param() { phone }: TraineePath,
    @Query() { after, limit }: HistoryQuery,
  ): Promise<HistoryView> {
    const key = phoneSchema.parse(phone);
    return historyView(key, await this.history.of(key, { after, limit: limit + 1 }), limit);
  }
}
