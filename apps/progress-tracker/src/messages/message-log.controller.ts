import { Controller, Inject, UseFilters } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { topics } from '@stopcovid/contracts';
import type { BatchContext, LogRecord, Outcome } from '@stopcovid/kafka';
import { KeepError } from '@stopcovid/runtime';
import type { HandleLogRecords } from './handle-log-records';

/** The token of what keeps the message log. */
export const HANDLE_LOG_RECORDS = Symbol('HANDLE_LOG_RECORDS');
/** Names the transport of the message log: it has a group of its own, so that neither topic waits for the other. */
export const MESSAGE_LOG_TRANSPORT = Symbol('MESSAGE_LOG_TRANSPORT');

/** Records of the message log in, outcomes out. */
@UseFilters(KeepError)
@Controller()
export class MessageLogController {
  constructor(@Inject(HANDLE_LOG_RECORDS) private readonly handle: HandleLogRecords) {}

  @EventPattern(topics.smsLog, MESSAGE_LOG_TRANSPORT)
  receive(
    @Payload() records: readonly LogRecord[],
    @Ctx() context: BatchContext,
  ): Promise<readonly Outcome[]> {
    return this.handle(records, context);
  }
}
