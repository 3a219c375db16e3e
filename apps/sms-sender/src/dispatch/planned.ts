import { segmentsOf } from '@stopcovid/sms-copy';
import type { Step } from '../outbox/deliver';
import type { Outbox } from '../outbox/outbox';

/** What is about to be done for a phone, decided from its outbox as it was known. */
export type Planned = { readonly base: Outbox; readonly step: Step };

/** What of the rate it takes: messages and segments. */
export const costOf = (planned: readonly Planned[]): readonly [number, number] => {
  const items = planned.flatMap(({ step }) => (step.do === 'send' ? [step.item] : []));
  const segments = items.reduce((sum, { body }) => sum + Math.max(1, segmentsOf(body).segments), 0);
  return [items.length, segments];
};
