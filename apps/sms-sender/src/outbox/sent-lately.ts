import type { Outbox, SentItem } from './outbox';

const kept = { texts: 8, forMs: 3_600_000 } as const;

const current = ({ sentLately = [] }: Outbox, at: number): readonly SentItem[] =>
  sentLately.filter(({ delivery }) => at - delivery.at < kept.forMs);

/** The outbox once the carrier has this text: it is kept for an hour, as the carrier may yet give it up; of who was erased nothing is. */
export const rememberSent = (outbox: Outbox, item: SentItem): Outbox =>
  item.forgotten
    ? outbox
    : {
        ...outbox,
        sentLately: [...current(outbox, item.delivery.at), item].slice(-kept.texts),
      };

/** The text as it was handed over, unless that is long ago at `at` (milliseconds since 1970). */
export const sentLatelyBy = (outbox: Outbox, id: string, at: number): SentItem | undefined =>
  current(outbox, at).find((item) => item.id === id);

/** Nothing more is to be made of this text. */
export const withoutSent = (outbox: Outbox, id: string): Outbox => ({
  ...outbox,
  sentLately: (outbox.sentLately ?? []).filter((item) => item.id !== id),
});
