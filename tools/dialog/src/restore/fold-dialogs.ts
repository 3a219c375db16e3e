import { decodeKeyed, decodeBatch, phoneSchema, type Phone } from '@stopcovid/contracts';
import { initialState } from '@stopcovid/dialog-core';
import type { Dialog, DialogStore } from '@stopcovid/dialog-engine';
import type { LogRecord } from '@stopcovid/kafka';
import { versionIn } from './batch-version';
import { foldBatch } from './fold-batch';

/** Why a phone's dialog could not be made whole. */
export type Stuck = 'hole' | 'forked' | 'future' | 'unreadable' | 'overtaken';

/** What folding came to: phones whose dialogs were written, and those that `dialog repair` must look at. */
export type FoldTotals = {
  readonly written: number;
  readonly stuck: ReadonlyMap<Phone, Stuck>;
  /** Records that are no batches: each reader puts them aside. */
  readonly poison: number;
};

type Folding = {
  readonly expected: number;
  /** What of the phone is not in the store yet; undefined when nothing is. */
  readonly changed: boolean;
  readonly dialog: Dialog;
};

export type FoldLimits = {
  /** The most phones that are kept: what is changed of them is written then, and all are read again when they come up. */
  readonly most: number;
  /** Whether no dialog was there when the folding began: none is asked for then. */
  readonly nothingStored: boolean;
};

const chunk = 1_000;

const unseen = (phone: Phone): Dialog => ({
  phone,
  version: 0,
  state: initialState(),
  outbox: [],
  recentCommandIds: [],
});

const chunksOf = <T>(items: readonly T[]): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(items.length / chunk) }, (_, n) => items.slice(n * chunk, (n + 1) * chunk));

/**
 * Brings dialogs up to what their batches say, whatever they were before, and never back. Takes the records of a
 * partition in their order; what was folded before changes nothing.
 */
export class DialogFold {
  /* Found by a record's key as it stands there: a phone is read as one when it comes up first, not each time. */
  readonly #held = new Map<string, Folding>();
  readonly #stuck = new Map<Phone, Stuck>();
  #nothingStored: boolean;
  #written = 0;
  #poison = 0;

  constructor(
    private readonly store: Pick<DialogStore, 'load' | 'commit'>,
    private readonly options: FoldLimits,
  ) {
    this.#nothingStored = options.nothingStored;
  }

  async take(records: readonly LogRecord[]): Promise<void> {
    if (this.#held.size >= this.options.most) await this.flush();
    await this.#load(records);
    for (const record of records) this.#takeOne(record);
  }

  get totals(): FoldTotals {
    return { written: this.#written, stuck: this.#stuck, poison: this.#poison };
  }

  /** Writes what is not in the store yet, and lets go of all. */
  async flush(): Promise<void> {
    const changed = [...this.#held.values()].filter((each) => each.changed);
    for (const some of chunksOf(changed)) {
      const conflicts = await this.store.commit(
        some.map(({ expected, dialog }) => ({ expected, mark: dialog.hold ?? null, dialog })),
      );
      for (const phone of conflicts) this.#stuck.set(phone, 'overtaken');
      this.#written += some.length - conflicts.size;
      this.#nothingStored = false;
    }
    this.#held.clear();
  }

  async #load(records: readonly LogRecord[]): Promise<void> {
    const unheld = new Set(records.flatMap(({ key }) => (key === null || this.#held.has(key) ? [] : [key])));
    const phones = [...unheld]
      .flatMap((key) => phoneSchema.safeParse(key).data ?? [])
      .filter((phone) => !this.#stuck.has(phone));
    for (const some of chunksOf(phones)) {
      const stored = this.#nothingStored ? new Map() : await this.store.load(some);
      for (const phone of some) this.#hold(phone, stored);
    }
  }

  #hold(phone: Phone, found: Awaited<ReturnType<DialogStore['load']>>): void {
    const stored = found.get(phone);
    if (stored?.kind === 'unreadable') {
      this.#stuck.set(phone, 'unreadable');
      return;
    }
    const dialog = stored?.dialog ?? unseen(phone);
    this.#held.set(phone, { expected: dialog.version, changed: false, dialog });
  }

  #takeOne(record: LogRecord): void {
    const version = versionIn(record);
    const held = this.#held.get(record.key ?? '');
    if (version === undefined || (held === undefined && !phoneSchema.safeParse(record.key).success)) {
      this.#poison += 1;
      return;
    }
    /* Most of what stands there is in the database: that is not worth decoding. */
    if (held === undefined || this.#stuck.has(held.dialog.phone) || version < held.dialog.version) return;
    const batch = decodeKeyed(record, decodeBatch);
    if (batch.ok) this.#fold(held, foldBatch(held.dialog, batch.value));
    else if (batch.error.kind === 'future') this.#stop(held, 'future');
    else this.#poison += 1;
  }

  #fold(held: Folding, folded: ReturnType<typeof foldBatch>): void {
    switch (folded.kind) {
      case 'known':
        return;
      case 'next':
        this.#held.set(folded.dialog.phone, { ...held, changed: true, dialog: folded.dialog });
        return;
      default:
        this.#stop(held, folded.kind);
    }
  }

  /* What it came to until then is right, and is written. */
  #stop({ dialog: { phone } }: Folding, why: Stuck): void {
    this.#stuck.set(phone, why);
  }
}
