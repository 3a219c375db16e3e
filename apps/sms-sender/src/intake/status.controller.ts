import { Controller, Inject, UseFilters } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { topics } from '@stopcovid/contracts';
import type { LogRecord, Outcome } from '@stopcovid/kafka';
import { KeepError } from '@stopcovid/runtime';
import { StatusIntake } from './handle-statuses';
import { STATUS_TRANSPORT } from './transports';

/** Log records in, outcomes out. */
@UseFilters(KeepError)
@Controller()
export class StatusController {
  constructor(@Inject(StatusIntake) private readonly intake: StatusIntake) {}

  @EventPattern(topics.smsLog, STATUS_TRANSPORT)
  receive(@Payload() records: readonly LogRecord[]): Promise<readonly Outcome[]> {
    return this.intake.handle(records);
  }
}
