import type { Phone } from '@stopcovid/contracts';
import type { ProgressStore } from '../progress/progress-store';
import type { KeptStores } from '../projections/kept-stores';
import type { Hole, PhoneDocuments, StoredDocument } from './judge-phone';

/** Some phones in their order; `next` is where the following page begins, and is absent on the last. */
export type PhonePage = { readonly phones: readonly Phone[]; readonly next?: string };

/** One document to write, and the one that was read; either may not be there. */
export type Replacement = {
  readonly phone: Phone;
  readonly collection: string;
  readonly read?: StoredDocument;
  readonly next?: StoredDocument;
};

/** A fresh fold in the making, in collections of its own. */
export interface Shadow {
  readonly id: string;
  /** The projections, written by the service's own code. */
  readonly store: ProgressStore;
  readonly kept: KeptStores;
  documents(phones: readonly Phone[]): Promise<ReadonlyMap<Phone, PhoneDocuments>>;
  phones(after: string | undefined): Promise<PhonePage>;
  count(): Promise<number>;
  /** Remembers where phones have holes; of several of one phone, the lowest version found counts. */
  noteHoles(holes: readonly Hole[]): Promise<void>;
  holes(phones: readonly Phone[]): Promise<ReadonlyMap<Phone, Hole>>;
  /** The first phones with holes, `limit` at the most. */
  someHoles(limit: number): Promise<readonly Phone[]>;
  forgetHoles(): Promise<void>;
  /** Says that this rebuild is alive: shadows of one that is not are removed by the next. */
  beat(): Promise<void>;
  remove(): Promise<void>;
}

/** The live projections, as raw documents: one that nobody can read any more is to be compared and replaced too. */
export interface LiveProjections {
  documents(phones: readonly Phone[]): Promise<ReadonlyMap<Phone, PhoneDocuments>>;
  /** The phones that the documents of one projection belong to, a page at a time in the order of the documents. */
  phones(collection: string, after: string | undefined): Promise<PhonePage>;
  /**
   * Writes each document that is still as it was read, one projection after the other, and answers the phones where
   * somebody else was first: the rest of such a phone is left alone.
   */
  replace(replacements: readonly Replacement[]): Promise<ReadonlySet<Phone>>;
}

/** Where a rebuild works. */
export interface RebuildStore {
  readonly live: LiveProjections;
  /** A new shadow. Removes what rebuilds that ended early have left, and answers how many those were. */
  openShadow(): Promise<{ readonly shadow: Shadow; readonly removed: number }>;
}
