import { decodeBatch, decodeKeyed, type EventBatch, type Phone } from '@stopcovid/contracts';
import { deadLetter, done, retry, type LogRecord, type Outcome } from '@stopcovid/kafka';
import { hearConsent } from '../outbox/consent';
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
/** `missing`: a hole is seen for the first time. */
type Fold = { readonly outbox: Outbox; readonly changed: boolean; readonly missing: boolean };
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

  /**
   * One phone's batches: taken in as long as their versions have no hole. Of what stands behind a hole only the word on
   * consent is heard, which waits for nothing.
   */
  private fold(before: Outbox, arrivals: readonly Arrival[], partition: number): Fold {
    const { rules, textsOf, now } = this.parts;
    let outbox = before;
    let found: number | undefined;
    for (const { batch, offset } of arrivals) {
      const order = orderOf(outbox, batch.version);
      if (order === 'seen') continue;
      if (order === 'next') {
        const origin = { partition, offset, at: now() };
        outbox = acceptBatch(outbox, { batch, texts: textsOf(batch), origin }, rules);
      } else {
        found ??= batch.version;
        outbox = hearConsent(outbox, batch);
      }
    }
    if (outbox.lastVersion > before.lastVersion) this.rereadFor.delete(outbox.phone);
    const judged = found === undefined ? { outbox, missing: false } : this.judgeGap(outbox, found);
    return { ...judged, changed: judged.outbox !== before };
  }

  /** A first sight of a hole asks for another reading; after that the phone is parked, and the others go on. */
  private judgeGap(outbox: Outbox, found: number): Pick<Fold, 'outbox' | 'missing'> {
    const expected = outbox.lastVersion + 1;
    if (outbox.gap) return { outbox, missing: false };
    if (!this.wasReread(outbox.phone, expected)) return { outbox, missing: true };
    this.rereadFor.delete(outbox.phone);
    const gap = { expected, found, at: this.parts.now() };
    this.parts.onGap(outbox.phone, gap);
    return { outbox: { ...outbox, gap }, missing: false };
  }

  private wasReread(phone: Phone, expected: number): boolean {
    const reading = this.rereadFor.get(phone);
    return reading?.version === expected && !reading.until.aborted;
  }

  /** Back to where the earliest of the phones with a hole was last in order; a phone never seen: to the beginning. */
  private askAgain(folds: readonly Fold[], context: Rereading): void {
    const holes = folds.filter(({ missing }) => missing);
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
