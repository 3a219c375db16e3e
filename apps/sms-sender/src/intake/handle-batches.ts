import { decodeBatch, decodeKeyed, type EventBatch, type Phone } from '@stopcovid/contracts';
import { deadLetter, done, retry, type LogRecord, type Outcome } from '@stopcovid/kafka';
import { hearConsent } from '../outbox/consent';
import { acceptBatch, orderOf, type AcceptRules, type WordedText } from '../outbox/accept-batch';
import { emptyOutbox, type Outbox } from '../outbox/outbox';
import type { Found, OutboxStore } from '../store/outbox-store';
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
const seekMissedMs = 30_000;

/** Takes in event batches: one write per phone, whatever number of batches it has. Sends nothing itself. */
export class BatchIntake {
  /**
   * Phones for which the partition is read again, and the version that was missing then. A partition that is lost on
   * the way goes on from its committed offset, so that reading counts for nothing.
   */
  private readonly rereadFor = new Map<Phone, { readonly version: number; readonly until: AbortSignal }>();

  /** When the phones of a partition that missed batches were last asked for, in milliseconds since 1970. */
  private readonly missedSoughtAt = new Map<number, number>();

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
      await this.readMissed(context);
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
      await this.missUnreadable(waiting, stored, context.partition);
      const folds = [...waiting]
        .filter(([phone]) => !stored.unreadable.has(phone))
        .map(([phone, own]) => {
          const outbox = stored.outboxes.get(phone) ?? emptyOutbox(phone, context.partition);
          return this.fold(outbox, own, context.partition);
        });
      this.askAgain(folds, context);
      const changed = folds.filter((each) => each.changed).map(({ outbox }) => outbox);
      const conflicts = changed.length > 0 ? await this.parts.store.save(changed) : new Set<Phone>();
      waiting = new Map([...waiting].filter(([phone]) => conflicts.has(phone)));
      if (changed.length > 0) this.parts.wake();
    }
    return waiting.size === 0;
  }

  /** The documents of these phones cannot be read: they remember where to read again from, and the partition goes on. */
  private async missUnreadable(
    arriving: ReadonlyMap<Phone, readonly Arrival[]>,
    { unreadable }: Found,
    partition: number,
  ): Promise<void> {
    const missed = [...arriving].flatMap(([phone, [first]]) =>
      unreadable.has(phone) && first
        ? [[phone, { partition, offset: first.offset, version: first.batch.version }] as const]
        : [],
    );
    if (missed.length > 0) await this.parts.store.miss(new Map(missed));
  }

  /** Now and then: phones whose documents can be read again get what they missed, whoever's batch has just come. */
  private async readMissed(context: Rereading): Promise<void> {
    const { store, now } = this.parts;
    const { partition } = context;
    if (now() - (this.missedSoughtAt.get(partition) ?? -Infinity) < seekMissedMs) return;
    this.missedSoughtAt.set(partition, now());
    const phones = await store.missing(partition);
    if (phones.length === 0) return;
    const mended = [...(await store.load(phones)).outboxes.values()];
    const behind = mended.filter(({ lastVersion, missed }) => missed && missed.version > lastVersion);
    this.askAgain(
      behind.map((outbox) => ({ outbox, changed: false, missing: true })),
      context,
    );
    const caughtUp = mended.filter((outbox) => !behind.includes(outbox));
    await store.save(caughtUp.map((outbox) => ({ ...outbox, missed: undefined })));
    if (caughtUp.length > 0) this.parts.wake();
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
    return { outbox: { ...outbox, gap, missed: undefined }, missing: false };
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
    const offsets = holes.map(({ outbox }) => rereadFrom(outbox));
    const [first, ...others] = offsets;
    if (first === undefined) return;
    context.seek(String(others.reduce((least, each) => (each < least ? each : least), first)));
  }
}

/** A document that was mended may say too much of where it stood, never of what it missed. */
const rereadFrom = ({ lastOffset, missed, partition }: Outbox): bigint => {
  const last = BigInt(lastOffset ?? '0');
  if (missed?.partition !== partition) return last;
  return BigInt(missed.offset) < last ? BigInt(missed.offset) : last;
};

const groupByPhone = (arrivals: readonly Arrival[]): ReadonlyMap<Phone, readonly Arrival[]> => {
  const groups = new Map<Phone, Arrival[]>();
  for (const arrival of arrivals) {
    const group = groups.get(arrival.batch.phone) ?? [];
    group.push(arrival);
    groups.set(arrival.batch.phone, group);
  }
  return groups;
};
