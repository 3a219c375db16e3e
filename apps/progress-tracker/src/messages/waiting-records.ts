import type { Phone } from '@stopcovid/contracts';

/** A record of the message log that waits while all the others are taken in. */
export type WaitingRecord = {
  readonly phone: Phone;
  readonly partition: number;
  readonly offset: string;
  /** Its bytes, as text. */
  readonly value: string;
  /** It is of a later release, or the document of its message cannot be read. */
  readonly because: 'future' | 'unreadable';
  /** What is wrong, without values: they may be personal. */
  readonly reason: string;
  readonly since: Date;
};

export type RecordPlace = Pick<WaitingRecord, 'partition' | 'offset'>;

/** The name of a record that waits. */
export const nameOf = ({ partition, offset }: RecordPlace): string => `${partition}/${offset}`;

/** A record that waits and cannot be read itself: its name, and which fields are at fault. */
export type SpoiltRecord = { readonly name: string; readonly reason: string };

/** Some of a partition: those that can be read, those that cannot, and the name to read on from, if there are more. */
export type WaitingPage = {
  readonly records: readonly WaitingRecord[];
  readonly spoilt: readonly SpoiltRecord[];
  readonly next?: string;
};

/** The records that wait. In which order they are taken in makes no difference to their messages. */
export interface WaitingRecords {
  /** Some of a partition, at most `limit`, in the order of their names, behind the one named. */
  of(partition: number, page: { readonly after?: string; readonly limit: number }): Promise<WaitingPage>;
  /** Durable when it resolves. One that is kept already stays as it is. */
  keep(records: readonly WaitingRecord[]): Promise<void>;
  forget(places: readonly RecordPlace[]): Promise<void>;
  /** How many wait, on all partitions. */
  count(): Promise<number>;
}

/** Where the next page begins, if there is one. */
export const nextOf = (last: string | undefined, isMore: boolean): Pick<WaitingPage, 'next'> =>
  last !== undefined && isMore ? { next: last } : {};

/** Records that wait in this process alone. */
export const inMemoryWaitingRecords = (): WaitingRecords => {
  const kept = new Map<string, WaitingRecord>();
  return {
    of: (partition, { after = '', limit }) => {
      const found = [...kept]
        .filter(([name, record]) => record.partition === partition && name > after)
        .sort(([one], [other]) => (one < other ? -1 : 1));
      const page = found.slice(0, limit);
      const records = page.map(([, record]) => record);
      return Promise.resolve({ records, spoilt: [], ...nextOf(page.at(-1)?.[0], found.length > limit) });
    },
    keep: (records) => {
      for (const record of records) if (!kept.has(nameOf(record))) kept.set(nameOf(record), record);
      return Promise.resolve();
    },
    forget: (places) => {
      for (const place of places) kept.delete(nameOf(place));
      return Promise.resolve();
    },
    count: () => Promise.resolve(kept.size),
  };
};
