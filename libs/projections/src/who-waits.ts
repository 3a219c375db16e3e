import type { Phone } from '@stopcovid/contracts';
import type { Documents, Fold } from './fold';
import { reachedBy } from './fold-phone';
import { whereToReadOn } from './judge-phone';
import type { Judged } from './judge-read';
import { PartitionWaits } from './partition-waits';
import type { Waiting, WaitingPhones } from './waiting';

/** A phone for which the topic is read again, and from which offset. */
export type Reread = { readonly phone: Phone; readonly from: string };

/** A partition, and the membership in which it is ours. */
export type Held = { readonly partition: number; readonly signal: AbortSignal };

/** What is asked to find out who may go on. */
export type WaitParts<D> = {
  readonly fold: Fold<D>;
  readonly documents: Pick<Documents<D>, 'load'>;
  readonly waiting: Pick<WaitingPhones, 'of'>;
  readonly now: () => number;
};

const lookAgainMs = 60_000;

/** Who waits on the partitions that a reader has, and who of them can go on now. */
export class WhoWaits<D> {
  readonly #waits = new Map<number, PartitionWaits>();
  /** Where batches stand that this very process could not read: it will not be able to later. */
  readonly #futures = new Map<Phone, string>();

  constructor(private readonly parts: WaitParts<D>) {}

  /** How many phones wait. */
  get count(): number {
    return [...this.#waits.values()].reduce((sum, waits) => sum + (waits.ended ? 0 : waits.all.length), 0);
  }

  /** With a slice: all are looked at as a membership begins, and documents that could not be read once a minute. */
  async withSlice(
    held: Held,
  ): Promise<{ readonly waits: PartitionWaits; readonly ready: readonly Reread[] }> {
    const now = this.parts.now();
    const known = this.#waits.get(held.partition);
    if (known === undefined || known.ended) return this.#begin(held);
    if (now - known.lookedAt < lookAgainMs) return { waits: known, ready: [] };
    known.lookedAt = now;
    const unreadable = known.all.filter(({ because }) => because === 'unreadable');
    return { waits: known, ready: await this.#readyAmong(known, unreadable) };
  }

  /** Without one: all are looked at. */
  async withoutSlice(held: Held): Promise<readonly Reread[]> {
    const known = this.#waits.get(held.partition);
    if (known === undefined || known.ended) return (await this.#begin(held)).ready;
    return this.#readyAmong(known, known.all);
  }

  /** Remembers what became of a phone. */
  note(waits: PartitionWaits, { phone, version, verdict, met }: Omit<Judged, 'before'>): void {
    switch (verdict.kind) {
      case 'goesOn':
        this.#futures.delete(phone);
        return waits.goesOn(phone, version);
      case 'waits':
      case 'catchesUp':
        if (met !== undefined && met === verdict.waiting.readFrom) this.#futures.set(phone, met);
        waits.waits(verdict.waiting);
        return verdict.kind === 'catchesUp' ? waits.looks(phone, version) : undefined;
      case 'lookAgain':
        if (verdict.waiting !== undefined) waits.waits(verdict.waiting);
        return waits.looks(phone, version);
    }
  }

  async #begin({ partition, signal }: Held) {
    const on = await this.parts.waiting.of(partition);
    const waits = new PartitionWaits(on, { until: signal, at: this.parts.now() });
    const ready = await this.#readyAmong(waits, waits.all);
    this.#waits.set(partition, waits);
    return { waits, ready };
  }

  /** A batch from the future is tried once by each process that gets it; all else shows in the document. */
  async #readyAmong(waits: PartitionWaits, candidates: readonly Waiting[]): Promise<readonly Reread[]> {
    if (candidates.length === 0) return [];
    const known = await this.parts.documents.load(new Map(candidates.map(({ phone }) => [phone, []])));
    return candidates.flatMap((on): readonly Reread[] => {
      const { phone, because, after, unheard } = on;
      const own = known.get(phone) ?? { kind: 'none' };
      if (own.kind === 'unreadable') return [];
      const reached = reachedBy(this.parts.fold, own.kind === 'readable' ? own.value : undefined);
      const isTried = because === 'future' && this.#futures.get(phone) === on.readFrom;
      const isClosed = because === 'gap' ? reached.version <= after : isTried && reached.version === after;
      if (isClosed && unheard === undefined) return [];
      if (waits.lookedAfter(phone) === reached.version) return [];
      waits.looks(phone, reached.version);
      return [{ phone, from: whereToReadOn(on, reached) }];
    });
  }
}
