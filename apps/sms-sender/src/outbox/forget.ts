import type { EventBatch } from '@stopcovid/contracts';
import type { Outbox, OutboxItem } from './outbox';

/** Whether the person behind a phone is forgotten with this batch. */
export const erases = ({ events }: Pick<EventBatch, 'events'>): boolean =>
  events.some(({ type }) => type === 'TraineeErased');

/** What may be with the carrier keeps its words until that is settled: by them alone it is found in the carrier's list. */
const silenced = (item: OutboxItem): OutboxItem => ({ ...item, forgotten: true });

/**
 * The outbox of a phone whose person is forgotten: what was not handed over goes no more, and nothing that was said is
 * kept. Consent stays.
 */
export const forget = (outbox: Outbox): Outbox => {
  const pending = outbox.pending.filter(({ delivery }) => delivery.status !== 'READY').map(silenced);
  return {
    ...outbox,
    pending,
    /* What is gone keeps nobody waiting. */
    notBefore: pending.length > 0 ? outbox.notBefore : 0,
    parked: [],
    ...(outbox.repeats && { repeats: [] }),
    ...(outbox.sentLately && { sentLately: [] }),
  };
};
