import { Controller, Get, Inject, NotFoundException, Param } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { commandIdSchema } from '@stopcovid/contracts';
import { Matches } from 'class-validator';
import type { CommandRecords } from './command-records';
import { commandView, CommandView } from './command-views';
import { Needs } from '../keys/needs';

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
  constructor(@Inject(COMMAND_RECORDS) private readonly records: CommandRecords) {}

  @Get(':commandId')
  @Needs('analyst')
  @ApiOkResponse({ type: CommandView })
  @ApiNotFoundResponse({ description: 'Nobody asked for it here, or too long ago' })
  async one(@Param() { commandId }: CommandPath): Promise<CommandView> {
    const asked = await this.records.of(commandIdSchema.parse(commandId));
    if (asked === undefined) throw new NotFoundException('No such command is on record.');
    return commandView(asked);
  }
}
