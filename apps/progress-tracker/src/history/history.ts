import type { EventBatch, Phone } from '@stopcovid/contracts';

/** What one command led to, as it was told: all events of a batch in their order. */
export type HistoryEntry = {
  readonly phone: Phone;
  /** The version of the batch: 1, 2, 3 … per phone. */
  readonly sequence: number;
  readonly at: Date;
  readonly commandId: string;
  readonly commandType: string;
  readonly events: readonly HistoryEvent[];
};

/** An event with its fields, as docs/messages.md has them. */
export type HistoryEvent = { readonly type: string } & Readonly<Record<string, unknown>>;

/** Which entries of a phone: those behind a sequence, so many at the most. */
export type HistoryPage = { readonly after: number; readonly limit: number };

/** What has happened to each phone, kept for reading in its order. Nothing in it is ever changed, but for who is erased. */
export interface History {
  /** Keeps those that it does not have yet. */
  keep(entries: readonly HistoryEntry[]): Promise<void>;
  /** Removes what happened to a phone before this sequence. */
  forget(phone: Phone, before: number): Promise<void>;
  /** What happened to one phone, in order. Throws DocumentUnreadable. */
  of(phone: Phone, page: HistoryPage): Promise<readonly HistoryEntry[]>;
}

/** The entry of a batch; one that changed the trainee's snapshot alone has no events. */
export const entryOf = ({
  phone,
  version,
  at,
  commandId,
  commandType,
  events,
}: EventBatch): HistoryEntry => ({
  phone,
  sequence: version,
  at: new Date(at),
  commandId,
  commandType,
  events,
});
