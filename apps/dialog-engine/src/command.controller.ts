import { topics } from '@stopcovid/contracts';
import type { BatchContext, LogRecord, Outcome } from '@stopcovid/kafka';
import { KeepError } from '@stopcovid/runtime';
import { Controller, Inject, UseFilters } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import type { HandleCommands } from './commands/handle-commands';

/** The token of what handles commands. */
export const HANDLE_COMMANDS = Symbol('HANDLE_COMMANDS');

/** Commands in, outcomes out. */
@UseFilters(KeepError)
@Controller()
export class CommandController {
  constructor(@Inject(HANDLE_COMMANDS) private readonly handle: HandleCommands) {}

  @EventPattern(topics.dialogCommands)
  receive(
    @Payload() records: readonly LogRecord[],
    @Ctx() context: BatchContext,
  ): Promise<readonly Outcome[]> {
    return this.handle(records, context);
  }
}
