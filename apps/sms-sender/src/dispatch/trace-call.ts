import { contextOf, spanTime, stepAfter, type Span, type Tracer } from '@stopcovid/runtime';
import type { SendResult } from '../carrier/text-gateway';
import type { OutboxItem } from '../outbox/outbox';
import { callPlace } from './call-place';

type Told = Pick<Span, 'attributes' | 'failure'>;

const toldOf = (result: SendResult): Told => {
  const attributes = { 'messaging.message.result': result.kind };
  switch (result.kind) {
    case 'accepted':
      return { attributes: { ...attributes, 'messaging.message.sid': result.sid } };
    case 'refused':
      return { attributes: { ...attributes, 'error.type': result.code }, failure: `refused: ${result.code}` };
    default:
      return { attributes, failure: result.reason };
  }
};

/** Calls the carrier, and tells a span of the call where the text is traced: ids and codes, never a number or words. */
export const traceCall = async (
  tracer: Tracer,
  item: OutboxItem,
  call: () => Promise<SendResult>,
): Promise<SendResult> => {
  const place = tracer.isOn ? callPlace(item) : undefined;
  if (place === undefined) return call();
  const startedAt = spanTime();
  const result = await call();
  const { attributes, failure } = toldOf(result);
  const taken = contextOf({ ...place, steps: place.steps.slice(0, -1) });
  tracer.tell({
    context: stepAfter(taken, place.steps.at(-1) ?? ''),
    parentId: taken.spanId,
    name: 'send text',
    kind: 'client',
    startedAt,
    endedAt: spanTime(),
    attributes: {
      'messaging.system': 'twilio',
      'messaging.operation.name': 'send',
      'messaging.message.id': item.id,
      'messaging.message.attempt': item.attempts,
      ...attributes,
    },
    failure,
  });
  return result;
};
