import type { Phone } from '@stopcovid/contracts';
import {
  done,
  retry,
  type BatchContext,
  type LogRecord,
  type Outcome,
  type ReadPlace,
} from '@stopcovid/kafka';
import { batchesIn, decodeSlice, phonesIn, type DecodedSlice, type UnknownEvents } from './decode-slice';
import { earliest } from './earliest';
import type { Arrival, Change, Documents, Fold, Known, OptOut } from './fold';
import { foldPhone } from './fold-phone';
import { judgeRead, type Judged, type Read } from './judge-read';
import type { PartitionWaits } from './partition-waits';
import type { Waiting, WaitingPhones } from './waiting';
import { WhoWaits, type Reread } from './who-waits';

/** What the reader may ask of the transport. */
export type ReaderContext = Pick<BatchContext, 'topic' | 'partition' | 'isCurrent' | 'seek' | 'signal'>;

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
  readonly unknownEvents: UnknownEvents;
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

type Work<D> = {
  readonly reads: ReadonlyMap<Phone, Read<D>>;
  /** Phones that somebody else wrote each time. */
  readonly taken: ReadonlySet<Phone>;
  readonly written: number;
};
type Settled = { readonly began: readonly Waiting[]; readonly rereads: readonly Reread[] };
type Slice = Settled & { readonly written: number; readonly taken: ReadonlySet<Phone> };

const attempts = 20;
const nobody: ReadonlySet<Phone> = new Set();
const takenReason = 'somebody else writes the same documents';

/**
 * Reads the topic of events for one kind of document: each batch is included once and in order, whatever comes twice,
 * is missing, is from a later release or cannot be taken in. Only the phone that it concerns waits.
 */
export class VersionedReader<D> {
  readonly #waits: WhoWaits<D>;

  constructor(private readonly parts: ReaderParts<D>) {
    this.#waits = new WhoWaits(parts);
  }

  /** Takes a slice of one partition; answers one outcome per record, in their order. */
  async handle(records: readonly LogRecord[], context: ReaderContext): Promise<readonly Outcome[]> {
    const startedAt = performance.now();
    const decoded = decodeSlice(records, this.parts.unknownEvents);
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
      waitingPhones: this.#waits.count,
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

  /**
   * From where a partition is to be read again, where phones can go on that wait: asked while no slice of it is at work,
   * so that none has to wait for a next record. Rejects when the documents or the record of who waits are away.
   */
  async rereadFrom({ topic, partition, signal }: ReadPlace): Promise<string | undefined> {
    const startedAt = performance.now();
    const rereads = await this.#waits.withoutSlice({ partition, signal });
    if (rereads.length === 0) return undefined;
    this.parts.report({
      topic,
      partition,
      records: [],
      batches: 0,
      unknownEvents: [],
      written: 0,
      began: [],
      rereads,
      waitingPhones: this.#waits.count,
      ms: performance.now() - startedAt,
    });
    return earliest(rereads.map(({ from }) => from));
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
    const { waits, ready } = await this.#waits.withSlice(context);
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

  /** Reads, folds and writes; what somebody else wrote first is read and folded again, and nothing else. */
  async #include(decoded: DecodedSlice, context: ReaderContext): Promise<Work<D>> {
    const reads = new Map<Phone, Read<D>>();
    let open = phonesIn(decoded);
    let written = 0;
    for (let attempt = 1; attempt <= attempts && open.size > 0 && context.isCurrent(); attempt += 1) {
      const arrivals = new Map([...open].map((phone) => [phone, decoded.arrivals.get(phone) ?? []]));
      const known = await this.parts.documents.load(arrivals);
      for (const [phone, own] of arrivals)
        reads.set(phone, this.#fold(known.get(phone), own, decoded.optOuts.get(phone)));
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

  #fold(
    known: Known<D> = { kind: 'none' },
    arrivals: readonly Arrival[] = [],
    optOuts: readonly OptOut[] = [],
  ): Read<D> {
    if (known.kind === 'unreadable') return { known, folded: { next: undefined, included: [] } };
    const document = known.kind === 'readable' ? known.value : undefined;
    const { fold } = this.parts;
    const folded = foldPhone(fold, document, arrivals);
    return { known, folded: { ...folded, next: withOptOuts(fold, folded.next, optOuts) } };
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
    for (const each of judged) this.#waits.note(waits, each);
    const rereads = judged.flatMap(({ phone, verdict }) =>
      verdict.kind === 'lookAgain' ? [{ phone, from: verdict.from }] : [],
    );
    const from = earliest(rereads.map((reread) => reread.from));
    if (from !== undefined) context.seek(from);
    return { began, rereads };
  }

  #judge(
    { arrivals, futures, lasts }: DecodedSlice,
    about: {
      readonly phone: Phone;
      readonly read: Read<D>;
      readonly waits: PartitionWaits;
      readonly partition: number;
    },
  ): Judged {
    const { phone, partition, waits, read } = about;
    const [before, lookedAfter] = [waits.of(phone), waits.lookedAfter(phone)];
    const [future, last] = [futures.get(phone), lasts.get(phone)];
    return judgeRead(this.parts.fold, read, {
      phone,
      partition,
      at: new Date(this.parts.now()),
      hasFailed: waits.hasFailed(phone),
      arrivals: arrivals.get(phone) ?? [],
      ...(before === undefined ? {} : { on: before }),
      ...(future === undefined ? {} : { future }),
      ...(last === undefined ? {} : { last }),
      ...(lookedAfter === undefined ? {} : { lookedAfter }),
    });
  }
}

const withOptOuts = <D>(fold: Fold<D>, document: D | undefined, optOuts: readonly OptOut[]): D | undefined =>
  optOuts.reduce((next, each) => fold.hearOptOut?.(next, each) ?? next, document);

const changesOf = <D>(phones: ReadonlySet<Phone>, reads: ReadonlyMap<Phone, Read<D>>): readonly Change<D>[] =>
  [...phones].flatMap((phone): readonly Change<D>[] => {
    const read = reads.get(phone);
    if (read === undefined || read.known.kind === 'unreadable') return [];
    const before = read.known.kind === 'readable' ? read.known.value : undefined;
    const { next, included } = read.folded;
    return next === undefined || next === before ? [] : [{ phone, before, next, included }];
  });

const reasonOf = (held: unknown): string =>
  held instanceof Error ? `${held.name}: ${held.message}` : String(held);
