import { Body, Controller, Get, HttpCode, Inject, NotFoundException, Param, Post } from '@nestjs/common';
import {
  ApiBody,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiServiceUnavailableResponse,
  ApiTags,
} from '@nestjs/swagger';
import { phoneSchema } from '@stopcovid/contracts';
import { Asker, type Caller } from '@stopcovid/runtime';
import { TraineePath } from '../api/trainee-requests';
import { invalidBody } from '../problems/problem';
import { withinEmployers, type AskedProgress } from '../progress/within-employers';
import { previewStarts, type StartsParts } from './starts';
import { timetableOf, type TimetableParts } from './timetable';
import { startsView, StartsView, timetableView, TimetableView } from './timetable-views';
import { limited, Needs } from '../keys/needs';
import { ReadsPersons } from '../reads/say-what-was-read';

/** What timetables are made from. */
export type TimetablesDesk = TimetableParts & StartsParts & { readonly store: AskedProgress };
/** Its token. */
export const TIMETABLES = Symbol('TIMETABLES');

const example = { audience: { employerId: 'acme' }, from: '2026-06-10', to: '2026-06-12', per: 'hour' };

/** What the schedule means for one phone, and for many. */
@ApiTags('schedules')
@Controller('v1')
export class TimetablesController {
  constructor(@Inject(TIMETABLES) private readonly parts: TimetablesDesk) {}

  @Get('trainees/:phone/schedule')
  @ReadsPersons('schedule')
  @ApiOperation({ summary: 'What comes to one phone and when, and what came' })
  @Needs('analyst', limited)
  @ApiOkResponse({ type: TimetableView })
  @ApiNotFoundResponse({ description: 'Nothing was ever heard of this phone' })
  @ApiServiceUnavailableResponse({ description: 'A later release or a hand wrote the document' })
  async one(@Param() { phone }: TraineePath, @Asker() caller: Caller): Promise<TimetableView> {
    const store = withinEmployers(this.parts.store, caller.employers);
    const timetable = await timetableOf(phoneSchema.parse(phone), { ...this.parts, store });
    if (timetable === undefined) throw new NotFoundException('Nothing was ever heard of this phone.');
    return timetableView(timetable);
  }

  @Post('schedules/preview')
  @ApiOperation({ summary: 'How many drills start when, and who has none' })
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
