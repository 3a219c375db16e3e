import type { EventBatch, Phone } from '@stopcovid/contracts';

/** Whether the person behind a phone is forgotten with this batch. */
export const erases = ({ events }: Pick<EventBatch, 'events'>): boolean =>
  events.some(({ type }) => type === 'TraineeErased');

/** The last time that a phone's person was erased: what its batches before `sequence` said is not kept. */
export type Erasure = { readonly phone: Phone; readonly sequence: number; readonly at: Date };

/** The erasures that batches tell of. */
export const erasuresIn = (batches: readonly EventBatch[]): readonly Erasure[] =>
  batches.filter(erases).map(({ phone, version, at }) => ({ phone, sequence: version, at: new Date(at) }));

/** The last erasure of each phone, so that what comes again after it is not kept again. */
export interface Erasures {
  /** Keeps each that is later than what it has of its phone. */
  keep(erasures: readonly Erasure[]): Promise<void>;
  /** Those of these phones: most have none. Throws DocumentUnreadable. */
  of(phones: readonly Phone[]): Promise<ReadonlyMap<Phone, Erasure>>;
}

/** The erasures in this process alone: gone when it ends. */
export const inMemoryErasures = (): Erasures => {
  const kept = new Map<Phone, Erasure>();
  return {
    keep: (erasures) => {
      for (const erasure of erasures)
        if (erasure.sequence > (kept.get(erasure.phone)?.sequence ?? 0)) kept.set(erasure.phone, erasure);
      return Promise.resolve();
    },
    of: (phones) =>
      Promise.resolve(
        new Map(
          phones.flatMap((phone) => {
            const erasure = kept.get(phone);
            return erasure === undefined ? [] : [[phone, erasure] as const];
          }),
        ),
      ),
  };
};
