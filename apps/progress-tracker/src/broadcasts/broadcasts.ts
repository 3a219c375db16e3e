import type { Erasure } from '../erasure/erasure';
import type { WaitingMessages } from '../clock/waiting-messages';
import type { Letter, Recipient } from './broadcast';

/** Where a broadcast is: its list is being written, it goes out, or it was stopped. */
export type BroadcastState = 'freezing' | 'running' | 'stopped';

/** A broadcast that was confirmed: by whom, when, and to how many. */
export type Broadcast = {
  readonly id: string;
  readonly letter: Letter;
  /** Of what was asked: the same key with another one asks for something else. */
  readonly fingerprint: string;
  readonly by: string;
  readonly at: Date;
  readonly state: BroadcastState;
  readonly people: number;
  readonly stopped: { readonly by: string; readonly at: Date } | null;
};

/** How many of its list wait, were published, passed without it, or were stopped. */
export type BroadcastProgress = Readonly<Record<'waiting' | 'published' | 'passed' | 'stopped', number>>;

/** Which broadcasts to list. */
export type BroadcastPage = {
  readonly after?: { readonly at: Date; readonly id: string };
  readonly limit: number;
};

/** Broadcasts and their lists. What waits is what the clock sees. Reading throws DocumentUnreadable. */
export interface Broadcasts extends WaitingMessages {
  /** Puts a broadcast on record, and answers what is on record under its id: another one, if that was there before. */
  begin(broadcast: Broadcast): Promise<Broadcast>;
  /** Puts people on its list. Who is there already stays as they are: one text per phone, whatever is done again. */
  freeze(id: string, recipients: readonly Recipient[]): Promise<void>;
  /** Lets it go out. One that was stopped stays so. */
  release(id: string, people: number): Promise<void>;
  /** Whoever waits has it no more. Answers whether there is such a broadcast, and it goes out. */
  stop(id: string, stopped: { readonly by: string; readonly at: Date }): Promise<boolean>;
  of(id: string): Promise<Broadcast | undefined>;
  /** The latest first, and of the same moment the greater id: those behind a place, if one is given. */
  latest(page: BroadcastPage): Promise<readonly Broadcast[]>;
  /** Removes a phone from the lists of broadcasts from before it was erased. */
  forget(erasure: Pick<Erasure, 'phone' | 'at'>): Promise<void>;
  progressOf(id: string): Promise<BroadcastProgress>;
}
