import { Controller, Inject, UseFilters } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { topics } from '@stopcovid/contracts';
import type { BatchContext, LogRecord, Outcome } from '@stopcovid/kafka';
import { KeepError } from '@stopcovid/runtime';
import type { HandleBatches } from './handle-batches';

/** The token of what keeps the projections. */
export const HANDLE_BATCHES = Symbol('HANDLE_BATCHES');

/** Names the transport of the events: the message log has one of its own. */
export const EVENTS_TRANSPORT = Symbol('EVENTS_TRANSPORT');

/** Batches of events in, outcomes out. */
@UseFilters(KeepError)
@Controller()
export class BatchesController {
  constructor(@Inject(HANDLE_BATCHES) private readonly handle: HandleBatches) {}

  @EventPattern(topics.dialogEvents, EVENTS_TRANSPORT)
  receive(
    @Payload() records: readonly LogRecord[],
    @Ctx() context: BatchContext,
  ): Promise<readonly Outcome[]> {
    return this.handle(records, context);
  }
}
