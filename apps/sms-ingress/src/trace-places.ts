import type { SmsLogRecord } from '@stopcovid/contracts';
import type { TracePlace } from '@stopcovid/runtime';

/** The webhook that a record came by. */
export const webhookOf = ({ command, steps = [] }: TracePlace): TracePlace => ({
  command,
  steps: [...steps, 'webhook'],
});

/** A report names the text that it is of, not what that text came from: it has a trace of its own. */
export const traceOfStatus = (record: SmsLogRecord): TracePlace => {
  const sid = 'sid' in record ? record.sid : undefined;
  const status = 'status' in record ? record.status : 'none';
  return { command: ('messageId' in record ? record.messageId : sid) ?? 'none', steps: [status] };
};
