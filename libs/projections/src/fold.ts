import type { DecodedBatch, Phone } from '@stopcovid/contracts';

/** Where a batch stands on its topic. */
export type Position = { readonly partition: number; readonly offset: string };

/** A batch, and where it was read. */
export type Arrival = { readonly batch: DecodedBatch; readonly position: Position };

/** An opt-out that a batch tells which only a later release can read. */
export type OptOut = { readonly phone: Phone; readonly version: number; readonly position: Position };

/** How far a document has come: the last version that it includes, and where that batch was read if that is known. */
export type Reached = { readonly version: number; readonly position?: Position };

/** What one phone's batches make of its document. Pure. */
export interface Fold<D> {
  reached(document: D): Reached;
  /** The document after the batch that follows the last one that it includes. */
  include(document: D | undefined, arrival: Arrival): D;
  /**
   * What a batch changes at once while an earlier one is missing; it is still to be included later. The same document
   * means: nothing.
   */
  glimpse?(document: D | undefined, arrival: Arrival): D | undefined;
  /** What an opt-out changes at once whose batch cannot be read here, as `glimpse` does. */
  hearOptOut?(document: D | undefined, optOut: OptOut): D | undefined;
}

/** A phone's document as the store has it; there is none when `kind` is `none`. */
export type Known<D> =
  | { readonly kind: 'none' }
  | { readonly kind: 'readable'; readonly value: D }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** What is to be written for one phone: `included` are the batches that it is after, each with what came of it. */
export type Change<D> = {
  readonly phone: Phone;
  readonly before: D | undefined;
  readonly next: D;
  readonly included: readonly { readonly arrival: Arrival; readonly after: D }[];
};

/** The batches at hand, by phone, in their order. */
export type Arrivals = ReadonlyMap<Phone, readonly Arrival[]>;

/** Where the documents are kept. */
export interface Documents<D> {
  /** Of exactly these phones. The arrivals say what else belongs to a document; a phone may have none. */
  load(arrivals: Arrivals): Promise<ReadonlyMap<Phone, Known<D>>>;
  /** Writes each that is still as it was read. Answers the phones that somebody else wrote first. */
  save(changes: readonly Change<D>[]): Promise<ReadonlySet<Phone>>;
}
