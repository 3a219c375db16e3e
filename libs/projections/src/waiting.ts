import type { Phone } from '@stopcovid/contracts';

/** Why a phone waits: its next batch is missing, or from a later release, or its document cannot be read. */
export type WaitReason = 'gap' | 'future' | 'unreadable';

/** A phone that waits while all the others go on. */
export type Waiting = {
  readonly phone: Phone;
  readonly partition: number;
  /** The last version included; 0 where that is not known. */
  readonly after: number;
  /** The offset to read again from once the phone can go on. */
  readonly readFrom: string;
  /** The version that came instead of the next one. */
  readonly found?: number;
  /** The offset of the last batch that came while it waited. */
  readonly passedTo?: string;
  /** Some of these came while the document could not be read: nothing was heard of them. */
  readonly unheard?: true;
  readonly because: WaitReason;
  /** What is wrong, without values: they may be personal. */
  readonly reason: string;
  readonly since: Date;
};

/** The phones on record as waiting, of one reader. */
export interface WaitingPhones {
  /** Those whose batches come on this partition, in the order of their phones. */
  of(partition: number): Promise<readonly Waiting[]>;
  /** Of these phones, those that are on record. */
  find(phones: readonly Phone[]): Promise<ReadonlyMap<Phone, Waiting>>;
  /** Puts phones on record, each in place of what was said of it before. */
  keep(waiting: readonly Waiting[]): Promise<void>;
  forget(phones: readonly Phone[]): Promise<void>;
}
