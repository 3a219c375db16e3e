import type { Phone, SmsLogRecord } from '@stopcovid/contracts';
import type { PhoneDocuments } from './judge-phone';
import type { PhonePage, Replacement, Shadow } from './rebuild-store';

type Documents = (phones: readonly Phone[]) => Promise<ReadonlyMap<Phone, PhoneDocuments>>;

/** A fresh fold of the message log in the making. */
export type LogShadow = Pick<Shadow, 'beat' | 'remove' | 'documents'> & {
  fold(records: readonly SmsLogRecord[]): Promise<void>;
  /** The phones that were read of, in their order. */
  phones(after: string | undefined): Promise<PhonePage>;
  count(): Promise<number>;
  /** Those of these phones that were read of. */
  known(phones: readonly Phone[]): Promise<ReadonlySet<Phone>>;
};

/** Where a rebuild of the message log works. */
export type LogStore = {
  readonly live: {
    readonly documents: Documents;
    /** The phones of the documents of one projection, a page at a time in the order of the documents. */
    phones(collection: string, after: string | undefined): Promise<PhonePage>;
    /** Writes each document that is still as it was read; answers the phones where somebody else was first. */
    replace(replacements: readonly Replacement[]): Promise<ReadonlySet<Phone>>;
  };
  /** A new shadow. Removes what rebuilds that ended early have left, and answers how many those were. */
  openShadow(): Promise<{ readonly shadow: LogShadow; readonly removed: number }>;
};
