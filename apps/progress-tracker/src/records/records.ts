import type { Phone } from '@stopcovid/contracts';
import type { Employers } from '../progress/progress-store';
import { statusOf, type CompletionRecord, type RecordStatus, type Withdrawal } from './record';

/** Which records a list asks for. Absent fields do not filter. */
export type RecordFilter = {
  readonly phone?: Phone;
  readonly course?: string;
  readonly status?: RecordStatus;
  readonly employers?: Employers;
};

/** Where a list of records goes on: behind this one. */
export type RecordPlace = { readonly at: Date; readonly id: string };
export type RecordPage = { readonly after?: RecordPlace; readonly limit: number };

/** The records of some phones; `unreadable` has the phones of those that cannot be read. */
export type KnownRecords = {
  readonly records: readonly CompletionRecord[];
  readonly unreadable: readonly Phone[];
};

/** The records of courses passed. All methods reject when the store cannot be reached, or with DocumentUnreadable. */
export interface Records {
  /** Those of these phones, in no order. */
  of(phones: readonly Phone[]): Promise<KnownRecords>;
  /** Of one of these employers, where some are given. */
  one(id: string, employers?: Employers): Promise<CompletionRecord | undefined>;
  /** Those passed last first. */
  list(filter: RecordFilter, page: RecordPage): Promise<readonly CompletionRecord[]>;
  /** Writes what batches made of a record, unless it includes later ones. What a person withdrew stays withdrawn; why goes with who is erased. */
  keep(record: CompletionRecord): Promise<void>;
  /** Keeps a withdrawal unless there is one; answers the record as it is then. */
  withdraw(id: string, withdrawal: Withdrawal, employers?: Employers): Promise<CompletionRecord | undefined>;
}

const isOf = ({ employerId }: CompletionRecord, employers: Employers | undefined): boolean =>
  employers === undefined || (employerId !== undefined && employers.includes(employerId));

const fits = (record: CompletionRecord, { phone, course, status, employers }: RecordFilter): boolean =>
  (phone === undefined || (record.phone === phone && record.erasedAt === undefined)) &&
  (course === undefined || record.course === course) &&
  (status === undefined || statusOf(record) === status) &&
  isOf(record, employers);

const behind = ({ passedAt, id }: CompletionRecord, after: RecordPlace | undefined): boolean =>
  after === undefined || passedAt < after.at || (+passedAt === +after.at && id < after.id);

/** Records in this process alone: gone when it ends. */
export const inMemoryRecords = (): Records => {
  const kept = new Map<string, CompletionRecord>();
  const one = (id: string, employers?: Employers): CompletionRecord | undefined => {
    const found = kept.get(id);
    return found !== undefined && isOf(found, employers) ? found : undefined;
  };
  const ofSame = ({ phone, course, after }: CompletionRecord): CompletionRecord | undefined =>
    [...kept.values()].find((each) => each.phone === phone && each.course === course && each.after === after);
  return {
    of: (phones) =>
      Promise.resolve({
        records: [...kept.values()].filter(({ phone }) => phones.includes(phone)),
        unreadable: [],
      }),
    one: (id, employers) => Promise.resolve(one(id, employers)),
    list: (filter, { after, limit }) =>
      Promise.resolve(
        [...kept.values()]
          .filter((record) => fits(record, filter) && behind(record, after))
          .sort((a, b) => +b.passedAt - +a.passedAt || (a.id > b.id ? -1 : 1))
          .slice(0, limit),
      ),
    keep: (record) => {
      const before = ofSame(record);
      if (before === undefined) kept.set(record.id, record);
      else if (before.version < record.version)
        kept.set(before.id, {
          ...record,
          id: before.id,
          ...(before.withdrawn && record.erasedAt === undefined && { withdrawn: before.withdrawn }),
        });
      return Promise.resolve();
    },
    withdraw: (id, withdrawal, employers) => {
      const found = one(id, employers);
      if (found === undefined) return Promise.resolve(undefined);
      const next = { withdrawn: withdrawal, ...found };
      kept.set(id, next);
      return Promise.resolve(next);
    },
  };
};
