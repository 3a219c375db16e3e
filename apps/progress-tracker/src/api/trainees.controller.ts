import { randomUUID } from 'node:crypto';
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
import { commandRecord, phoneSchema, topics } from '@stopcovid/contracts';
import { PublishFailed, type Publisher } from '@stopcovid/kafka';
import { Asker, type Caller } from '@stopcovid/runtime';
import type { CourseSource } from '../course-source';
import { activePhones } from './active-phones';
import { courseStandingView } from './course-views';
import { CURSORS, type Cursors } from './cursors';
import { enrolmentCommand } from './enrolment';
import { Problem } from '../problems/problem';
import { isValid } from '../progress/course-standing';
import type { ProgressStore } from '../progress/progress-store';
import { withinEmployers } from '../progress/within-employers';
import { EnrolmentBody, TraineePath, TraineesQuery } from './trainee-requests';
import { AcceptedView, runView, TraineeDetailView, TraineeListView, traineeView } from './trainee-views';
import { limited, Needs } from '../keys/needs';
import { ReadsPersons } from '../reads/say-what-was-read';
import { TakesKey } from '../once/takes-key';

/** The token of the projections. */
export const PROGRESS_STORE = Symbol('PROGRESS_STORE');
/** What the routes of trainees need beside the projections. */
export type TraineesDesk = { readonly publisher: Publisher; readonly course: CourseSource };
/** Its token. */
export const TRAINEES_DESK = Symbol('TRAINEES_DESK');

const runsShown = 200;

@ApiTags('trainees')
@Controller('v1/trainees')
export class TraineesController {
  constructor(
    @Inject(PROGRESS_STORE) private readonly store: ProgressStore,
    @Inject(TRAINEES_DESK) private readonly desk: TraineesDesk,
    @Inject(CURSORS) private readonly cursors: Cursors,
  ) {}

  @Get()
  @ReadsPersons('trainees')
  @ApiOperation({ summary: 'Trainees by phone' })
  @Needs('analyst', limited)
  @ApiOkResponse({ type: TraineeListView })
  async list(@Query() query: TraineesQuery, @Asker() caller: Caller): Promise<TraineeListView> {
    const { limit, cursor, ...filter } = query;
    const paging = this.cursors.of({ list: 'trainees', filter, placeIn: (json) => phoneSchema.parse(json) });
    const store = withinEmployers(this.store, caller.employers);
    const page = await store.trainees(filter, { ...paging.after(cursor), limit });
    const active = await activePhones(store, page.items);
    const items = page.items.map((progress) => traineeView(progress, active.has(progress.phone)));
    return {
      items,
      ...(page.unreadable === undefined ? {} : { unreadable: page.unreadable }),
      ...paging.next(page.next),
    };
  }

  @Get(':phone')
  @ReadsPersons('trainees')
  @ApiOperation({ summary: 'One trainee with the latest runs' })
  @Needs('analyst', limited)
  @ApiOkResponse({ type: TraineeDetailView })
  @ApiNotFoundResponse({ description: 'Nothing was ever heard of this phone' })
  @ApiServiceUnavailableResponse({ description: 'A later release or a hand wrote the document' })
  async one(@Param() { phone }: TraineePath, @Asker() caller: Caller): Promise<TraineeDetailView> {
    const key = phoneSchema.parse(phone);
    const store = withinEmployers(this.store, caller.employers);
    const progress = await store.trainee(key);
    if (!progress) throw new NotFoundException('Nothing was ever heard of this phone.');
    const [runs, active] = await Promise.all([store.runsOf(key, runsShown), activePhones(store, [progress])]);
    const { registeredVersion = 0 } = progress;
    const valid = runs.filter((run) => isValid(run, registeredVersion));
    return {
      ...traineeView(progress, active.has(key)),
      runs: runs.map((run) => runView(run, registeredVersion)),
      course: courseStandingView(this.desk.course.current(), valid),
    };
  }

  @Post()
  @TakesKey()
  @ApiOperation({ summary: 'Enrol a person by a code that they gave elsewhere' })
  @Needs('operator')
  @HttpCode(202)
  @ApiAcceptedResponse({ type: AcceptedView })
  @ApiServiceUnavailableResponse({ description: 'Kafka is away: try again' })
  async enrol(@Body() body: EnrolmentBody): Promise<AcceptedView> {
    const command = enrolmentCommand(body, { commandId: `enrol:${randomUUID()}`, now: new Date() });
    try {
      await this.desk.publisher.publish(topics.dialogCommands, [commandRecord(command)]);
    } catch (error) {
      if (!(error instanceof PublishFailed)) throw error;
      throw new Problem(
        'kafka-away',
        'The enrolment could not be recorded: try again. A code is taken only once.',
      );
    }
    return { commandId: command.commandId };
  }
}
