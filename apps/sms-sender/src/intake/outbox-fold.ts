import type { EventBatch } from '@stopcovid/contracts';
import type { Arrival, Fold } from '@stopcovid/projections';
import { acceptBatch, type AcceptRules, type WordedText } from '../outbox/accept-batch';
import { hearConsent, hearOptOut } from '../outbox/consent';
import { emptyOutbox, type Outbox } from '../outbox/outbox';

/** How batches become texts. */
export type FoldParts = {
  readonly textsOf: (batch: EventBatch) => readonly WordedText[];
  readonly rules: AcceptRules;
  readonly now: () => number;
};

const known = (outbox: Outbox | undefined, { batch, position }: Arrival): Outbox =>
  outbox ?? emptyOutbox(batch.phone, position.partition);

/** Of a batch behind a missing one, or of one that cannot be read here, only the word on consent is heard: it waits for nothing. */
export const outboxFold = ({ textsOf, rules, now }: FoldParts): Fold<Outbox> => ({
  reached: ({ lastVersion: version, lastOffset: offset, partition }) => ({
    version,
    ...(offset === undefined ? {} : { position: { partition, offset } }),
  }),
  include: (outbox, arrival) => {
    const { batch, position } = arrival;
    const origin = { ...position, at: now() };
    return acceptBatch(known(outbox, arrival), { batch, texts: textsOf(batch), origin }, rules);
  },
  glimpse: (outbox, arrival) => hearConsent(known(outbox, arrival), arrival.batch),
  hearOptOut: (outbox, { phone, position, version }) =>
    hearOptOut(outbox ?? emptyOutbox(phone, position.partition), version),
});
