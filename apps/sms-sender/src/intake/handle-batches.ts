import { decodeBatch, decodeKeyed, type EventBatch, type Phone } from '@stopcovid/contracts';
import { deadLetter, done, retry, type LogRecord, type Outcome } from '@stopcovid/kafka';
import { acceptBatch, orderOf, type AcceptRules, type WordedText } from '../outbox/accept-batch';
import { emptyOutbox, type Outbox } from '../outbox/outbox';
import type { OutboxStore } from '../store/outbox-store';
import { isStoreOutage } from '../store/store-watch';

/** What a handler may ask of the transport. */
export type Rereading = {
  readonly partition: number;
  readonly seek: (offset: string) => void;
  /** Aborts when the partition is lost. */
  readonly signal: AbortSignal;
};

export type BatchParts = {
  readonly store: OutboxStore;
  readonly textsOf: (batch: EventBatch) => readonly WordedText[];
  readonly rules: AcceptRules;
  readonly now: () => number;
  /** There are new texts to send. */
  readonly wake: () => void;
  /** A hole in a phone's versions that a second reading did not fill. */
  readonly onGap: (phone: Phone, gap: { expected: number; found: number }) => void;
  readonly onTrouble: (error: unknown) => void;
};

type Arrival = { readonly batch: EventBatch; readonly offset: string };
type Fold = { readonly outbox: Outbox; readonly changed: boolean; readonly missing: Arrival | undefined };
const attempts = 20;

/** Takes in event batches: one write per phone, whatever number of batches it has. Sends nothing itself. */
export class BatchIntake {
  /**
   * Phones for which the partition is read again, and the version that was missing then. A partition that is lost on
   * the way goes on from its committed offset, so that reading counts for nothing.
   */
  private readonly rereadFor = new Map<Phone, { readonly version: number; readonly until: AbortSignal }>();

  constructor(private readonly parts: BatchParts) {}

  async handle(records: readonly LogRecord[], context: Rereading): Promise<readonly Outcome[]> {
    const decoded = records.map((record) => ({
      offset: record.offset,
      read: decodeKeyed(record, decodeBatch),
    }));
    const outcomes = decoded.map(({ read }) =>
      read.ok ? done : deadLetter(read.error.code, read.error.reason),
    );
    const arrivals = decoded.flatMap(({ offset, read }) => (read.ok ? [{ batch: read.value, offset }] : []));
    try {
      const stored = await this.takeIn(arrivals, context);
      return stored ? outcomes : outcomes.map(() => retry('outboxes are written by somebody else'));
    } catch (error) {
      if (!isStoreOutage(error)) throw error;
      this.parts.onTrouble(error);
      return outcomes.map(() => retry('the outboxes cannot be read or written'));
    }
  }

  private async takeIn(arrivals: readonly Arrival[], context: Rereading): Promise<boolean> {
    let waiting = groupByPhone(arrivals);
    for (let attempt = 0; attempt < attempts && waiting.size > 0; attempt += 1) {
      const stored = await this.parts.store.load([...waiting.keys()]);
      const folds = [...waiting].map(([phone, own]) =>
        this.fold(stored.get(phone) ?? emptyOutbox(phone, context.partition), own, context.partition),
      );
      this.askAgain(folds, context);
      const changed = folds.filter((each) => each.changed).map(({ outbox }) => outbox);
      const conflicts = changed.length > 0 ? await this.parts.store.save(changed) : new Set<Phone>();
      waiting = new Map([...waiting].filter(([phone]) => conflicts.has(phone)));
      if (changed.length > 0) this.parts.wake();
    }
    return waiting.size === 0;
  }

  /** One phone's batches in order, up to the first hole. */
  private fold(outbox: Outbox, arrivals: readonly Arrival[], partition: number): Fold {
    const { rules, textsOf, now } = this.parts;
    let next = outbox;
    for (const { batch, offset } of arrivals) {
      const order = orderOf(next, batch.version);
      if (order === 'gap') return this.gapFold(outbox, next, { batch, offset });
      if (order === 'seen') continue;
      const origin = { partition, offset, at: now() };
      next = acceptBatch(next, { batch, texts: textsOf(batch), origin }, rules);
      this.rereadFor.delete(batch.phone);
    }
    return { outbox: next, changed: next !== outbox, missing: undefined };
  }

  /** A first sight of a hole asks for another reading; after that the phone is parked, and the others go on. */
  private gapFold(before: Outbox, next: Outbox, arrival: Arrival): Fold {
    const expected = next.lastVersion + 1;
    if (next.gap) return { outbox: next, changed: next !== before, missing: undefined };
    if (!this.wasReread(next.phone, expected))
      return { outbox: next, changed: next !== before, missing: arrival };
    this.rereadFor.delete(next.phone);
    const gap = { expected, found: arrival.batch.version, at: this.parts.now() };
    this.parts.onGap(next.phone, gap);
    return { outbox: { ...next, gap }, changed: true, missing: undefined };
  }

  private wasReread(phone: Phone, expected: number): boolean {
    const reading = this.rereadFor.get(phone);
    return reading?.version === expected && !reading.until.aborted;
  }

  /** Back to where the earliest of the phones with a hole was last in order; a phone never seen: to the beginning. */
  private askAgain(folds: readonly Fold[], context: Rereading): void {
    const holes = folds.filter(({ missing }) => missing !== undefined);
    for (const { outbox } of holes)
      this.rereadFor.set(outbox.phone, { version: outbox.lastVersion + 1, until: context.signal });
    const offsets = holes.map(({ outbox }) => BigInt(outbox.lastOffset ?? '0'));
    const [first, ...others] = offsets;
    if (first === undefined) return;
    context.seek(String(others.reduce((least, each) => (each < least ? each : least), first)));
  }
}

const groupByPhone = (arrivals: readonly Arrival[]): ReadonlyMap<Phone, readonly Arrival[]> => {
  const groups = new Map<Phone, Arrival[]>();
  for (const arrival of arrivals) {
    const group = groups.get(arrival.batch.phone) ?? [];
    group.push(arrival);
    groups.set(arrival.batch.phone, group);
  }
  return groups;
};
