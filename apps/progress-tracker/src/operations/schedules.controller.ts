import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  NotFoundException,
  Param,
  Put,
} from '@nestjs/common';
import {
  ApiBody,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProperty,
  ApiPropertyOptional,
  ApiTags,
} from '@nestjs/swagger';
import type { ScheduleSettings } from '@stopcovid/calendar';
import { Asker, type Caller } from '@stopcovid/runtime';
import { IsString } from 'class-validator';
import { PROGRESS_STORE } from '../api/trainees.controller';
import type { ProgressStore } from '../progress/progress-store';
import { isOwnerWithin } from '../schedules/owner-within';
import type { ScheduleOwner, Schedules, StoredSchedule } from '../schedules/schedules';
import { SCHEDULES } from '../schedules/schedules';
import { invalidBody } from '../problems/problem';
import { DESK, type Desk } from './answer';
import { HowAsked, type Asking } from './asking';
import { clearSchedule, readOwner, setSchedule } from './set-schedule';
import { limited, Needs } from '../keys/needs';
import { ReadsPersons } from '../reads/say-what-was-read';

class OwnerPath {
  @ApiProperty({ example: 'employer:acme', description: 'employer:ID, unit:EMPLOYER:UNIT or trainee:PHONE' })
  @IsString()
  readonly owner!: string;
}

const settingsShape = {
  type: 'object',
  additionalProperties: true,
  example: { days: ['mon', 'wed'], time: '10:00', window: { opens: '09:00', closes: '18:00' } },
} as const;

class PastSettingsView {
  @ApiProperty({ description: 'Counts the changes' }) readonly version!: number;
  @ApiProperty(settingsShape) readonly settings!: ScheduleSettings;
  @ApiProperty() readonly changedBy!: string;
  @ApiProperty({ format: 'date-time' }) readonly changedAt!: string;
}

class ScheduleView extends PastSettingsView {
  @ApiPropertyOptional({ type: [String], description: 'What is allowed and probably not meant' })
  readonly warnings?: readonly string[];

  @ApiProperty({ type: [PastSettingsView], description: 'The last 20 before these, latest first' })
  readonly history!: readonly PastSettingsView[];
}

type Past = Pick<StoredSchedule, 'version' | 'settings' | 'changedBy' | 'changedAt'>;
const pastView = ({ version, settings, changedBy, changedAt }: Past): PastSettingsView => ({
  version,
  settings,
  changedBy,
  changedAt: changedAt.toISOString(),
});
const scheduleView = (stored: StoredSchedule): ScheduleView => ({
  ...pastView(stored),
  history: stored.history.map(pastView),
});

const ownerOf = ({ owner }: OwnerPath): ScheduleOwner => {
  const read = readOwner(owner);
  if (!read.ok) throw invalidBody(read.problems, ['owner']);
  return read.owner;
};

/** What employers, units and trainees say about the schedule; the closest of them that says something is right. */
@ApiTags('schedules')
@Controller('v1/schedules')
export class SchedulesController {
  constructor(
    @Inject(SCHEDULES) private readonly schedules: Schedules,
    @Inject(PROGRESS_STORE) private readonly store: ProgressStore,
    @Inject(DESK) private readonly desk: Desk,
  ) {}

  @Get(':owner')
  @ReadsPersons('schedules')
  @ApiOperation({ summary: 'What an employer, unit or trainee says about the schedule' })
  @Needs('analyst', limited)
  @ApiOkResponse({ type: ScheduleView })
  @ApiNotFoundResponse({ description: 'They never said anything' })
  async one(@Param() path: OwnerPath, @Asker() caller: Caller): Promise<ScheduleView> {
    const [stored] = await this.schedules.of([await this.#ownerFor(caller, path)]);
    if (stored === undefined) throw new NotFoundException('They never said anything about the schedule.');
    return scheduleView(stored);
  }

  @Put(':owner')
  @ApiOperation({ summary: 'Set all that they say about the schedule' })
  @Needs('admin', limited)
  @ApiBody({
    schema: settingsShape,
    description: 'All that they say; what is left out, the level above says',
  })
  @ApiOkResponse({ type: ScheduleView })
  async set(
    @Param() path: OwnerPath,
    @Body() settings: object,
    @HowAsked() asking: Asking,
  ): Promise<ScheduleView> {
    const said = { owner: await this.#ownerFor(asking.caller, path), settings, by: asking.caller.name };
    const answer = await setSchedule(said, {
      schedules: this.schedules,
      store: this.store,
      now: this.desk.parts.now,
    });
    if (!answer.ok) throw invalidBody(answer.problems, ['owner']);
    const { stored, warnings } = answer;
    return { ...scheduleView(stored), ...(warnings.length > 0 && { warnings }) };
  }

  @Delete(':owner')
  @ApiOperation({ summary: 'Take back all that they say about the schedule' })
  @Needs('admin', limited)
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'They say nothing any more; what they said stays in the history' })
  async clear(@Param() path: OwnerPath, @HowAsked() asking: Asking): Promise<void> {
    const parts = { now: this.desk.parts.now, schedules: this.schedules };
    await clearSchedule(await this.#ownerFor(asking.caller, path), asking.caller.name, parts);
  }

  async #ownerFor({ employers }: Caller, path: OwnerPath): Promise<ScheduleOwner> {
    const owner = ownerOf(path);
    if (await isOwnerWithin(owner, employers, this.store)) return owner;
    throw new NotFoundException('The key is limited to employers, and this is none of theirs.');
  }
}
