import { Controller, Inject, UseFilters } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { topics } from '@stopcovid/contracts';
import { BatchContext } from '@stopcovid/kafka';
import type { LogRecord, Outcome } from '@stopcovid/kafka';
import { KeepError } from '@stopcovid/runtime';
import { BatchIntake } from './handle-batches';
import { EVENTS_TRANSPORT } from './transports';

/** Event batches in, outcomes out. */
@UseFilters(KeepError)
@Controller()
export class EventController {
  constructor(@Inject(BatchIntake) private readonly intake: BatchIntake) {}

  @EventPattern(topics.dialogEvents, EVENTS_TRANSPORT)
  receive(
    @Payload() records: readonly LogRecord[],
    @Ctx() context: BatchContext,
  ): Promise<readonly Outcome[]> {
    return this.intake.handle(records, context);
  }
}
