import type { TracePlace } from '@stopcovid/runtime';
import type { OutboxItem } from '../outbox/outbox';

/** The call that hands a text over, on the way of the command that led to it; a text of an earlier release has none. */
export const callPlace = ({
  commandId: command,
  id,
  attempts,
}: Pick<OutboxItem, 'commandId' | 'id' | 'attempts'>): Required<TracePlace> | undefined =>
  command === undefined
    ? undefined
    : { command, steps: ['dialog-engine', 'events', 'sms-sender', `${id}/${attempts}`] };
