import type { Phone } from '@stopcovid/contracts';
import type { DialogStore } from '@stopcovid/dialog-engine';
import type { ProgressStore } from '@stopcovid/progress-tracker';
import type { OutboxStore } from '@stopcovid/sms-sender';
import { mongo } from 'mongoose';

export const collections = ['dialogs', 'outboxes', 'trainees', 'drill_runs'] as const;
export type Collection = (typeof collections)[number];

const reason = 'spoiled by somebody';

type FoundOutboxes = Awaited<ReturnType<OutboxStore['load']>>;
type Known = Awaited<ReturnType<ProgressStore['load']>>;

/** Documents that cannot be read for the time being; what is in them is not lost. */
export class Spoiled {
  readonly #phones = new Map<Collection, Phone>();
  /** Whoever had a document that could not be read. */
  readonly met = new Set<Phone>();

  /** One document of a collection at the most; of runs all those of the phone. */
  spoil(collection: Collection, phone: Phone): void {
    this.#phones.set(collection, phone);
    this.met.add(phone);
  }

  mend(collection: Collection): void {
    this.#phones.delete(collection);
  }

  get collections(): readonly Collection[] {
    return [...this.#phones.keys()];
  }

  is(collection: Collection, phone: Phone): boolean {
    return this.#phones.get(collection) === phone;
  }

  dialogs(stored: Awaited<ReturnType<DialogStore['load']>>): typeof stored {
    return new Map(
      [...stored].map(([phone, dialog]) => [
        phone,
        this.is('dialogs', phone) ? { kind: 'unreadable', reason } : dialog,
      ]),
    );
  }

  outboxes({ outboxes, unreadable }: FoundOutboxes): FoundOutboxes {
    const bad = [...outboxes.keys()].filter((phone) => this.is('outboxes', phone));
    return {
      outboxes: new Map([...outboxes].filter(([phone]) => !bad.includes(phone))),
      unreadable: new Map([...unreadable, ...bad.map((phone) => [phone, reason] as const)]),
    };
  }

  /** What is wrong with documents of these phones, where the tracker asks for all that they have. */
  unreadable(phones: readonly Phone[]): ReadonlyMap<Phone, string> {
    const are = (phone: Phone): boolean => this.is('trainees', phone) || this.is('drill_runs', phone);
    return new Map(phones.filter(are).map((phone) => [phone, reason]));
  }

  progress(known: Known): Known {
    const trainees = [...known.trainees].filter(([phone]) => !this.is('trainees', phone));
    const runs = [...known.runs].filter(([, { phone }]) => !this.is('drill_runs', phone));
    const bad = [
      ...[...known.trainees.keys()].filter((phone) => this.is('trainees', phone)),
      ...[...known.runs.values()]
        .filter(({ phone }) => this.is('drill_runs', phone))
        .map(({ runId }) => runId),
    ];
    return {
      ...known,
      trainees: new Map(trainees),
      runs: new Map(runs),
      unreadable: new Map(bad.map((id) => [id, reason])),
    };
  }
}

/** What a reader meets that takes one unreadable document for a store that is away. */
export const refuseWhole = (unreadable: number): void => {
  if (unreadable > 0) throw new mongo.MongoNetworkError('a document cannot be read');
};
