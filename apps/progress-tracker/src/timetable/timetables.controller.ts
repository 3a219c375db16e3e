import { Body, Controller, Get, HttpCode, Inject, NotFoundException, Param, Post } from '@nestjs/common';
import {
  ApiBody,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiServiceUnavailableResponse,
  ApiTags,
} from '@nestjs/swagger';
import { phoneSchema } from '@stopcovid/contracts';
import { TraineePath } from '../api/trainee-requests';
import { invalidBody } from '../problems/problem';
import { previewStarts, type StartsParts } from './starts';
import { timetableOf, type TimetableParts } from './timetable';
import { startsView, StartsView, timetableView, TimetableView } from './timetable-views';
import { Needs } from '../keys/needs';

/** The token of what timetables are made from. */
export const TIMETABLES = Symbol('TIMETABLES');

const example = { audience: { employerId: 'acme' }, from: '2026-06-10', to: '2026-06-12', per: 'hour' };

/** What the schedule means for one phone, and for many. */
@ApiTags('schedules')
@Controller('v1')
export class TimetablesController {
  constructor(@Inject(TIMETABLES) private readonly parts: TimetableParts & StartsParts) {}

  @Get('trainees/:phone/schedule')
  @Needs('analyst')
  @ApiOkResponse({ type: TimetableView })
  @ApiNotFoundResponse({ description: 'Nothing was ever heard of this phone' })
  @ApiServiceUnavailableResponse({ description: 'A later release or a hand wrote the document' })
  async one(@Param() { phone }: TraineePath): Promise<TimetableView> {
    const timetable = await timetableOf(phoneSchema.parse(phone), this.parts);
    if (timetable === undefined) throw new NotFoundException('Nothing was ever heard of this phone.');
    return timetableView(timetable);
  }

  @Post('schedules/preview')
  @Needs('analyst')
  @HttpCode(200)
  @ApiBody({ schema: { type: 'object', additionalProperties: true, example } })
  @ApiOkResponse({ type: StartsView })
  async starts(@Body() request: unknown): Promise<StartsView> {
    const answer = await previewStarts(request, this.parts);
    if (answer.kind === 'invalid') throw invalidBody(answer.problems);
    return startsView(answer.preview);
  }
}
