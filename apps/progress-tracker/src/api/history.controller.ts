import { Controller, Get, Inject, Param, Query, UseGuards } from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiBearerAuth,
  ApiOkResponse,
  ApiTags,
  ApiUnauthorizedResponse,
} from '@nestjs/swagger';
import { phoneSchema } from '@stopcovid/contracts';
import { ApiKeyGuard } from '@stopcovid/runtime';
import type { History } from '../history/history';
import { HistoryQuery, HistoryView, historyView } from './history-views';
import { TraineePath } from './trainee-requests';

/** The token of the history of phones. */
export const HISTORY = Symbol('HISTORY');

@ApiTags('trainees')
@ApiBearerAuth()
@ApiUnauthorizedResponse({ description: 'The API key is missing or unknown' })
@ApiBadRequestResponse({ description: 'The request says which field is wrong, and why' })
@UseGuards(ApiKeyGuard)
@Controller('v1/trainees')
export class HistoryController {
  constructor(@Inject(HISTORY) private readonly history: History) {}

  @Get(':phone/events')
  @ApiOkResponse({ type: HistoryView, description: 'Empty for a phone that nothing happened to' })
  async events(
    @Param() { phone }: TraineePath,
    @Query() { after, limit }: HistoryQuery,
  ): Promise<HistoryView> {
    const key = phoneSchema.parse(phone);
    return historyView(key, await this.history.of(key, { after, limit: limit + 1 }), limit);
  }
}
