import { Controller, Get, Inject, NotFoundException, Param } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { commandIdSchema } from '@stopcovid/contracts';
import { Asker, type Caller } from '@stopcovid/runtime';
import { Matches } from 'class-validator';
import { PROGRESS_STORE } from '../api/trainees.controller';
import type { ProgressStore } from '../progress/progress-store';
import type { AskedCommand } from './asked-command';
import type { CommandRecords } from './command-records';
import { commandView, CommandView } from './command-views';
import { limited, Needs } from '../keys/needs';
import { ReadsPersons } from '../reads/say-what-was-read';

/** The token of the commands on record. */
export const COMMAND_RECORDS = Symbol('COMMAND_RECORDS');

class CommandPath {
  @ApiProperty({ description: 'As the action that it came from answered it' })
  @Matches(/^[\x21-\x7e]{1,128}$/, { message: 'commandId is not one that this service gave' })
  readonly commandId!: string;
}

@ApiTags('actions')
@Controller('v1/commands')
export class CommandsController {
  constructor(
    @Inject(COMMAND_RECORDS) private readonly records: CommandRecords,
    @Inject(PROGRESS_STORE) private readonly store: ProgressStore,
  ) {}

  @Get(':commandId')
  @ReadsPersons('commands')
  @ApiOperation({ summary: 'What became of a command' })
  @Needs('analyst', limited)
  @ApiOkResponse({ type: CommandView })
  @ApiNotFoundResponse({ description: 'Nobody asked for it here, or too long ago' })
  async one(@Param() { commandId }: CommandPath, @Asker() { employers }: Caller): Promise<CommandView> {
    const asked = await this.records.of(commandIdSchema.parse(commandId));
    if (asked === undefined || !(await this.#concerns(employers, asked)))
      throw new NotFoundException('No such command is on record.');
    return commandView(asked);
  }

  async #concerns(employers: Caller['employers'], { phone }: AskedCommand): Promise<boolean> {
    return employers === undefined || (await this.store.trainee(phone, employers)) !== undefined;
  }
}
