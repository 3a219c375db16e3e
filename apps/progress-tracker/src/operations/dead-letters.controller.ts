import { Controller, Inject, UseFilters } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { deadLetterTopic, topics } from '@stopcovid/contracts';
import type { LogRecord, Outcome } from '@stopcovid/kafka';
import { KeepError } from '@stopcovid/runtime';
import { EVENTS_TRANSPORT } from '../batches/batches.controller';
import type { HandleDeadLetters } from './handle-dead-letters';

/** The token of what reads dead letters. */
export const HANDLE_DEAD_LETTERS = Symbol('HANDLE_DEAD_LETTERS');

/** Commands that were put aside in, outcomes out. */
@UseFilters(KeepError)
@Controller()
export class DeadLettersController {
  constructor(@Inject(HANDLE_DEAD_LETTERS) private readonly handle: HandleDeadLetters) {}

  @EventPattern(deadLetterTopic(topics.dialogCommands), EVENTS_TRANSPORT)
  receive(@Payload() records: readonly LogRecord[]): Promise<readonly Outcome[]> {
    return this.handle(records);
  }
}
