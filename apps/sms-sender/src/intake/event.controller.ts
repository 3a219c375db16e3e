import { Controller, Inject, UseFilters } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { topics } from '@stopcovid/contracts';
import { BatchContext } from '@stopcovid/kafka';
import type { LogRecord, Outcome, RecordsHandler } from '@stopcovid/kafka';
import { KeepError } from '@stopcovid/runtime';
import { EVENTS_TRANSPORT } from './transports';

export const TAKE_IN_BATCHES = Symbol('TAKE_IN_BATCHES');

/** Event batches in, outcomes out. */
@UseFilters(KeepError)
@Controller()
export class EventController {
  constructor(@Inject(TAKE_IN_BATCHES) private readonly takeIn: RecordsHandler) {}

  @EventPattern(topics.dialogEvents, EVENTS_TRANSPORT)
  receive(
    @Payload() records: readonly LogRecord[],
    @Ctx() context: BatchContext,
  ): Promise<readonly Outcome[]> {
    return this.takeIn(records, context);
  }
}
