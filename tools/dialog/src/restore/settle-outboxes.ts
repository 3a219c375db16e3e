import { decodeBatch, decodeKeyed, phoneSchema, type DecodedBatch, type Phone } from '@stopcovid/contracts';
import type { LogRecord } from '@stopcovid/kafka';
import type * as Sender from '@stopcovid/sms-sender';
import type { Outbox, OutboxStore } from '@stopcovid/sms-sender';
import { versionIn } from './batch-version';

/** What the message log tells of texts, by their ids. */
type Told = ReadonlyMap<string, string | undefined>;

export type SettleTotals = {
  /** Writes of outboxes: one of which texts wait and batches are missing counts twice. */
  readonly written: number;
  /** Texts in them that the log has. */
  readonly logged: number;
  /** Texts in them that are in doubt now. */
  readonly doubtful: number;
  /** Batches whose texts the sender will take in doubt. */
  readonly batches: number;
  readonly stuck: ReadonlyMap<Phone, string>;
  /** Where the sender has to begin to take those in, by partition. */
  readonly from: ReadonlyMap<number, string>;
};

type Held = { readonly before: Outbox | undefined; readonly outbox: Outbox | undefined };

const chunk = 1_000;

/** The sender's own rules; it is loaded where it is needed, as it brings the carrier's client along. */
export type SenderRules = Pick<typeof Sender, 'doubtRestored' | 'doubtUpTo' | 'emptyOutbox' | 'passOver'>;

export type SettleParts = {
  readonly rules: SenderRules;
  readonly store: Pick<OutboxStore, 'load' | 'save'>;
  readonly told: Told;
  readonly at: number;
  /** Texts of batches from before this (milliseconds since 1970) are too old to go out. */
  readonly tooOldBefore: number;
};

/** Makes sure that of what an older database holds, or lacks, nothing goes out before the carrier was asked. */
export class OutboxSettling {
  readonly #held = new Map<Phone, Held>();
  readonly #stuck = new Map<Phone, string>();
  readonly #from = new Map<number, string>();
  #counts = { written: 0, logged: 0, doubtful: 0, batches: 0 };

  constructor(private readonly parts: SettleParts) {}

  get totals(): SettleTotals {
    return { ...this.#counts, stuck: this.#stuck, from: this.#from };
  }

  /** What waits in outboxes. */
  async doubt(phones: readonly Phone[]): Promise<void> {
    await this.#load(phones);
    for (const phone of phones) {
      const held = this.#held.get(phone);
      if (!held?.outbox) continue;
      const outbox = this.parts.rules.doubtRestored(held.outbox, this.parts.told, this.parts.at);
      this.#counts.logged += held.outbox.pending.length - outbox.pending.length;
      this.#counts.doubtful += outbox.pending.filter(
        ({ delivery }) => delivery.status === 'AMBIGUOUS',
      ).length;
      this.#held.set(phone, { ...held, outbox });
    }
    await this.flush();
  }

  /** What outboxes lack: records of the events' topic, in the order of their partition. */
  async take(records: readonly LogRecord[]): Promise<void> {
    const phones = records.flatMap(({ key }) => phoneSchema.safeParse(key).data ?? []);
    await this.#load([...new Set(phones)]);
    for (const record of records) this.#takeOne(record);
    await this.flush();
  }

  async #load(phones: readonly Phone[]): Promise<void> {
    for (let from = 0; from < phones.length; from += chunk) {
      const some = phones.slice(from, from + chunk);
      const { outboxes, unreadable } = await this.parts.store.load(some);
      for (const [phone, reason] of unreadable) this.#stuck.set(phone, reason);
      for (const phone of some)
        if (!unreadable.has(phone))
          this.#held.set(phone, { before: outboxes.get(phone), outbox: outboxes.get(phone) });
    }
  }

  #takeOne(record: LogRecord): void {
    const phone = phoneSchema.safeParse(record.key).data;
    const held = phone === undefined ? undefined : this.#held.get(phone);
    const version = versionIn(record);
    if (phone === undefined || held === undefined || version === undefined) return;
    if (version <= (held.outbox?.lastVersion ?? 0)) return;
    const batch = decodeKeyed(record, decodeBatch);
    if (!batch.ok) return;
    this.#held.set(phone, { ...held, outbox: this.#after(held.outbox, batch.value, record) });
  }

  /* Behind a batch that is in doubt, all others are taken in by the sender too. */
  #after(outbox: Outbox | undefined, batch: DecodedBatch, { partition, offset }: LogRecord): Outbox {
    const follows = batch.version === (outbox?.lastVersion ?? 0) + 1;
    const origin = { partition, offset, at: this.parts.at };
    const { passOver, doubtUpTo, emptyOutbox } = this.parts.rules;
    if (follows && Date.parse(batch.at) < this.parts.tooOldBefore) return passOver(outbox, batch, origin);
    this.#counts.batches += 1;
    if (!this.#from.has(partition)) this.#from.set(partition, offset);
    return doubtUpTo(outbox ?? emptyOutbox(batch.phone, partition), batch.version);
  }

  async flush(): Promise<void> {
    const changed = [...this.#held.values()].flatMap(({ before, outbox }) =>
      outbox === undefined || outbox === before ? [] : [outbox],
    );
    this.#held.clear();
    for (let from = 0; from < changed.length; from += chunk) {
      const some = changed.slice(from, from + chunk);
      const conflicts = await this.parts.store.save(some);
      for (const phone of conflicts) this.#stuck.set(phone, 'somebody else wrote it');
      this.#counts.written += some.length - conflicts.size;
    }
  }
}
