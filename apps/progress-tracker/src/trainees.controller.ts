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
  ServiceUnavailableException,
} from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBadRequestResponse,
  ApiBearerAuth,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiTags,
  ApiUnauthorizedResponse,
} from '@nestjs/swagger';
import { encodeCommand, phoneSchema, topics, type Phone } from '@stopcovid/contracts';
import type { Publisher } from '@stopcovid/kafka';
import { enrolmentCommand } from './enrolment';
import type { ProgressStore } from './progress-store';
import { PROGRESS_STORE, PUBLISHER } from './tokens';
import { EnrolmentBody, TraineePath, TraineesQuery } from './trainee-requests';
import { AcceptedView, runView, TraineeDetailView, TraineeListView, traineeView } from './trainee-views';

const runsShown = 200;

/* A cursor is opaque to whoever holds it, and shows no phone number in a log of addresses. */
const toCursor = (phone: Phone): string => Buffer.from(phone).toString('base64url');
const fromCursor = (cursor: string | undefined): { after?: Phone } => {
  const phone =
    cursor === undefined ? undefined : phoneSchema.safeParse(Buffer.from(cursor, 'base64url').toString());
  return phone?.success ? { after: phone.data } : {};
};

@ApiTags('trainees')
@ApiBearerAuth()
@ApiUnauthorizedResponse({ description: 'The API key is missing or unknown' })
@ApiBadRequestResponse({ description: 'The request says which field is wrong, and why' })
@Controller('v1/trainees')
export class TraineesController {
  constructor(
    @Inject(PROGRESS_STORE) private readonly store: ProgressStore,
    @Inject(PUBLISHER) private readonly publisher: Publisher,
  ) {}

  @Get()
  @ApiOkResponse({ type: TraineeListView })
  async list(@Query() query: TraineesQuery): Promise<TraineeListView> {
    const { limit, cursor, ...filter } = query;
    const page = await this.store.trainees(filter, { ...fromCursor(cursor), limit });
    const items = page.items.map(traineeView);
    return page.next === undefined ? { items } : { items, nextCursor: toCursor(page.next) };
  }

  @Get(':phone')
  @ApiOkResponse({ type: TraineeDetailView })
  @ApiNotFoundResponse({ description: 'Nothing was ever heard of this phone' })
  async one(@Param() { phone }: TraineePath): Promise<TraineeDetailView> {
    const key = phoneSchema.parse(phone);
    const progress = await this.store.trainee(key);
    if (!progress) throw new NotFoundException('Nothing was ever heard of this phone.');
    const runs = await this.store.runsOf(key, runsShown);
    return {
      ...traineeView(progress),
      runs: runs.map((run) => runView(run, progress.registeredVersion ?? 0)),
    };
  }

  @Post()
  @HttpCode(202)
  @ApiAcceptedResponse({ type: AcceptedView })
  async enrol(@Body() body: EnrolmentBody): Promise<AcceptedView> {
    const command = enrolmentCommand(body, { commandId: `enrol:${randomUUID()}`, now: new Date() });
    try {
      await this.publisher.publish(topics.dialogCommands, [
        { key: command.phone, value: encodeCommand(command) },
      ]);
    } catch {
      throw new ServiceUnavailableException(
        'The enrolment could not be recorded. Nothing happened: try again.',
      );
    }
    return { commandId: command.commandId };
  }
}
