import type { Phone } from '@stopcovid/contracts';
import { done, retry, type BatchContext, type LogRecord, type Outcome } from '@stopcovid/kafka';
import { batchesIn, decodeSlice, phonesIn, type DecodedSlice } from './decode-slice';
import type { Arrival, Change, Documents, Fold, Known } from './fold';
import { foldPhone, reachedBy, type FoldedPhone } from './fold-phone';
import { judgePhone, judgeUnreadable, whereToReadOn, type Verdict } from './judge-phone';
import { PartitionWaits } from './partition-waits';
import type { Waiting, WaitingPhones } from './waiting';

/** What the reader may ask of the transport. */
export type ReaderContext = Pick<BatchContext, 'topic' | 'partition' | 'isCurrent' | 'seek' | 'signal'>;

/** A phone for which the topic is read again, and from which offset. */
export type Reread = { readonly phone: Phone; readonly from: string };

/** What one slice came to. */
export type SliceReport = {
  readonly topic: string;
  readonly partition: number;
  readonly records: readonly LogRecord[];
  readonly batches: number;
  readonly unknownEvents: readonly string[];
  /** How many phones have moved on or were changed. */
  readonly written: number;
  /** The phones that began to wait, or wait for something else now. */
  readonly began: readonly Waiting[];
  readonly rereads: readonly Reread[];
  /** How many phones of the partitions at hand wait. */
  readonly waitingPhones: number;
  readonly ms: number;
  /** Why the slice is to come again, when it is. */
  readonly held?: unknown;
};

/** What a reader of the events' topic is made of. */
export type ReaderParts<D> = {
  readonly fold: Fold<D>;
  readonly documents: Documents<D>;
  readonly waiting: WaitingPhones;
  /**
   * What must have happened before the documents are written, with all batches at hand and with what is to be written.
   * It happens again after a crash in between: twice must do no harm.
   */
  readonly beforeSave?: (batches: readonly Arrival[], changes: readonly Change<D>[]) => Promise<void>;
  readonly afterSave?: (changes: readonly Change<D>[]) => void;
  /** Whether waiting heals an error. All others are mistakes of ours: the transport finds their record. */
  readonly isOutage: (error: unknown) => boolean;
  readonly report: (report: SliceReport) => void;
  readonly now: () => number;
};

type Read<D> = { readonly known: Known<D>; readonly folded: FoldedPhone<D> };
type Work<D> = {
  readonly reads: ReadonlyMap<Phone, Read<D>>;
  /** Phones that somebody else wrote each time. */
  readonly taken: ReadonlySet<Phone>;
  readonly written: number;
};
type Settled = { readonly began: readonly Waiting[]; readonly rereads: readonly Reread[] };
type Slice = Settled & { readonly written: number; readonly taken: ReadonlySet<Phone> };

const attempts = 20;
const lookAgainMs = 60_000;
const nobody: ReadonlySet<Phone> = new Set();
const takenReason = 'somebody else writes the same documents';

const earliest = (offsets: readonly string[]): string | undefined =>
  offsets.reduce<string | undefined>(
    (least, each) => (least === undefined || BigInt(each) < BigInt(least) ? each : least),
    undefined,
  );

/**
 * Reads the topic of events for one kind of document: each batch is included once and in order, whatever comes twice,
 * is missing, is from a later release or cannot be taken in. Only the phone that it concerns waits.
 */
export class VersionedReader<D> {
  readonly #waits = new Map<number, PartitionWaits>();
  /** Where batches stand that this very process could not read: it will not be able to later. */
  readonly #futures = new Map<Phone, string>();

  constructor(private readonly parts: ReaderParts<D>) {}

  /** Takes a slice of one partition; answers one outcome per record, in their order. */
  async handle(records: readonly LogRecord[], context: ReaderContext): Promise<readonly Outcome[]> {
    const startedAt = performance.now();
    const decoded = decodeSlice(records);
    const slice = await this.#takeOrHold(records, decoded, context);
    const held = 'held' in slice ? slice.held : slice.taken.size > 0 ? takenReason : undefined;
    const settled = 'held' in slice ? { written: 0, began: [], rereads: [] } : slice;
    const batches = batchesIn(decoded);
    this.parts.report({
      topic: context.topic,
      partition: context.partition,
      records,
      batches: batches.length,
      unknownEvents: batches.flatMap(({ batch }) => batch.unknownEvents),
      written: settled.written,
      began: settled.began,
      rereads: settled.rereads,
      waitingPhones: this.waitingPhones,
      ms: performance.now() - startedAt,
      ...(held === undefined ? {} : { held }),
    });
    const again = retry(reasonOf(held));
    const mustWait = (phone: Phone): boolean => 'held' in slice || slice.taken.has(phone);
    return decoded.verdicts.map((verdict) => {
      if (verdict.phone === undefined) return verdict.outcome;
      return mustWait(verdict.phone) ? again : done;
    });
  }

  /** How many phones wait on the partitions that this reader has. */
  get waitingPhones(): number {
    return [...this.#waits.values()].reduce((sum, waits) => sum + (waits.ended ? 0 : waits.all.length), 0);
  }

  async #takeOrHold(
    records: readonly LogRecord[],
    decoded: DecodedSlice,
    context: ReaderContext,
  ): Promise<Slice | { readonly held: unknown }> {
    try {
      return await this.#take(records, decoded, context);
    } catch (error) {
      if (this.parts.isOutage(error)) return { held: error };
      throw error;
    }
  }

  async #take(records: readonly LogRecord[], decoded: DecodedSlice, context: ReaderContext): Promise<Slice> {
    const { waits, ready } = await this.#waitsOf(context);
    const from = earliest(ready.map(({ from }) => from));
    const first = records[0]?.offset;
    if (from !== undefined && first !== undefined && BigInt(from) < BigInt(first)) {
      context.seek(from);
      return { began: [], rereads: ready, written: 0, taken: nobody };
    }
    const work = await this.#include(decoded, context);
    const settled = await this.#settle(decoded, work, { waits, context });
    return { ...settled, written: work.written, taken: work.taken };
  }

  /** Who waits here, and who of them can go on now: at the start of a membership, and from time to time. */
  async #waitsOf({
    partition,
    signal,
  }: ReaderContext): Promise<{ readonly waits: PartitionWaits; readonly ready: readonly Reread[] }> {
    const now = this.parts.now();
    const known = this.#waits.get(partition);
    if (known === undefined || known.ended) {
      const waits = new PartitionWaits(await this.parts.waiting.of(partition), { until: signal, at: now });
      const ready = await this.#ready(waits, waits.all);
      this.#waits.set(partition, waits);
      return { waits, ready };
    }
    if (now - known.lookedAt < lookAgainMs) return { waits: known, ready: [] };
    known.lookedAt = now;
    const unreadable = known.all.filter(({ because }) => because === 'unreadable');
    return { waits: known, ready: await this.#ready(known, unreadable) };
  }

  /** A batch from the future is tried once by each process that gets it; all else shows in the document. */
  async #ready(waits: PartitionWaits, candidates: readonly Waiting[]): Promise<readonly Reread[]> {
    if (candidates.length === 0) return [];
    const known = await this.parts.documents.load(new Map(candidates.map(({ phone }) => [phone, []])));
    return candidates.flatMap((on): readonly Reread[] => {
      const { phone, because, after } = on;
      const own = known.get(phone) ?? { kind: 'none' };
      if (own.kind === 'unreadable') return [];
      const reached = reachedBy(this.parts.fold, own.kind === 'readable' ? own.value : undefined);
      const isTried = because === 'future' && this.#futures.get(phone) === on.readFrom;
      if (because === 'gap' && reached.version <= after) return [];
      if (isTried && reached.version === after) return [];
      waits.looks(phone, reached.version);
      return [{ phone, from: whereToReadOn(on, reached) }];
    });
  }

  /** Reads, folds and writes; what somebody else wrote first is read and folded again, and nothing else. */
  async #include(decoded: DecodedSlice, context: ReaderContext): Promise<Work<D>> {
    const reads = new Map<Phone, Read<D>>();
    let open = phonesIn(decoded);
    let written = 0;
    for (let attempt = 1; attempt <= attempts && open.size > 0 && context.isCurrent(); attempt += 1) {
      const arrivals = new Map([...open].map((phone) => [phone, decoded.arrivals.get(phone) ?? []]));
      const known = await this.parts.documents.load(arrivals);
      for (const [phone, own] of arrivals)
        reads.set(phone, this.#fold(known.get(phone) ?? { kind: 'none' }, own));
      const changes = changesOf(open, reads);
      await this.parts.beforeSave?.([...arrivals.values()].flat(), changes);
      const lost = changes.length === 0 ? nobody : await this.parts.documents.save(changes);
      const saved = changes.filter(({ phone }) => !lost.has(phone));
      written += saved.length;
      if (saved.length > 0) this.parts.afterSave?.(saved);
      open = lost;
    }
    return { reads, taken: open, written };
  }

  #fold(known: Known<D>, arrivals: readonly Arrival[]): Read<D> {
    if (known.kind === 'unreadable') return { known, folded: { next: undefined, included: [] } };
    const document = known.kind === 'readable' ? known.value : undefined;
    return { known, folded: foldPhone(this.parts.fold, document, arrivals) };
  }

  /** Who waits from now on is on record before anything is committed. */
  async #settle(
    decoded: DecodedSlice,
    { reads, taken }: Work<D>,
    { waits, context }: { readonly waits: PartitionWaits; readonly context: ReaderContext },
  ): Promise<Settled> {
    const judged = [...reads]
      .filter(([phone]) => !taken.has(phone))
      .map(([phone, read]) => this.#judge(decoded, { phone, read, waits, partition: context.partition }));
    const kept = judged.flatMap(({ before, verdict }) =>
      verdict.kind !== 'goesOn' && verdict.waiting !== undefined && verdict.waiting !== before
        ? [verdict.waiting]
        : [],
    );
    const began = judged.flatMap(({ before, verdict }) =>
      verdict.kind === 'waits' && verdict.waiting.because !== before?.because ? [verdict.waiting] : [],
    );
    const gone = judged.flatMap(({ phone, before, verdict }) =>
      verdict.kind === 'goesOn' && before !== undefined ? [phone] : [],
    );
    if (kept.length > 0) await this.parts.waiting.keep(kept);
    if (gone.length > 0) await this.parts.waiting.forget(gone);
    for (const { phone, verdict } of judged) this.#remember(phone, verdict);
    for (const { phone, version, verdict } of judged) note(waits, { phone, version, verdict });
    const rereads = judged.flatMap(({ phone, verdict }) =>
      verdict.kind === 'lookAgain' ? [{ phone, from: verdict.from }] : [],
    );
    const from = earliest(rereads.map((reread) => reread.from));
    if (from !== undefined) context.seek(from);
    return { began, rereads };
  }

  #remember(phone: Phone, verdict: Verdict): void {
    if (verdict.kind === 'goesOn') this.#futures.delete(phone);
    if (verdict.kind === 'waits' && verdict.waiting.because === 'future')
      this.#futures.set(phone, verdict.waiting.readFrom);
  }

  #judge(
    { arrivals, futures }: DecodedSlice,
    about: {
      readonly phone: Phone;
      readonly read: Read<D>;
      readonly waits: PartitionWaits;
      readonly partition: number;
    },
  ): { phone: Phone; version: number; before: Waiting | undefined; verdict: Verdict } {
    const { phone, partition, waits, read } = about;
    const [before, future, lookedAfter] = [waits.of(phone), futures.get(phone), waits.lookedAfter(phone)];
    const reached = reachedBy(this.parts.fold, read.folded.next);
    const { version } = reached;
    const standing = {
      phone,
      partition,
      at: new Date(this.parts.now()),
      ...(before === undefined ? {} : { on: before }),
      ...(future === undefined ? {} : { future }),
      ...(lookedAfter === undefined ? {} : { lookedAfter }),
    };
    if (read.known.kind !== 'unreadable')
      return {
        phone,
        version,
        before,
        verdict: judgePhone({ ...standing, folded: read.folded, reached }),
      };
    const offsets = [...(arrivals.get(phone) ?? []), ...(future === undefined ? [] : [future])];
    const first = earliest(offsets.map(({ position }) => position.offset)) ?? '0';
    const waiting = judgeUnreadable(standing, { reason: read.known.reason, first });
    return { phone, version, before, verdict: { kind: 'waits', waiting } };
  }
}

const changesOf = <D>(phones: ReadonlySet<Phone>, reads: ReadonlyMap<Phone, Read<D>>): readonly Change<D>[] =>
  [...phones].flatMap((phone): readonly Change<D>[] => {
    const read = reads.get(phone);
    if (read === undefined || read.known.kind === 'unreadable') return [];
    const before = read.known.kind === 'readable' ? read.known.value : undefined;
    const { next, included } = read.folded;
    return next === undefined || next === before ? [] : [{ phone, before, next, included }];
  });

const note = (
  waits: PartitionWaits,
  { phone, version, verdict }: { phone: Phone; version: number; verdict: Verdict },
): void => {
  switch (verdict.kind) {
    case 'goesOn':
      return waits.goesOn(phone, version);
    case 'waits':
      return waits.waits(verdict.waiting);
    case 'lookAgain':
      if (verdict.waiting !== undefined) waits.waits(verdict.waiting);
      return waits.looks(phone, version);
  }
};

const reasonOf = (held: unknown): string =>
  held instanceof Error ? `${held.name}: ${held.message}` : String(held);
