import type { WantedFile } from '../files/wanted';
import type { ListName } from './list-query';

/** Why there will be no file: no room was left for it, or it broke off at every attempt. */
export type Failure = 'no-room' | 'broke-off';

/** What a file has at the most, or so far. */
type Extent = { readonly rows: number; readonly bytes: number };

/**
 * How far an export is. `dueAt` is when whoever looks next may take it: of one that runs, when whoever has it is given up.
 * Chunks of a file are told apart by the `claim` of the attempt that wrote them.
 */
export type Standing =
  | { readonly state: 'queued'; readonly attempts: number; readonly dueAt: Date }
  | ({
      readonly state: 'running';
      readonly attempts: number;
      readonly dueAt: Date;
      readonly claim: string;
      readonly startedAt: Date;
    } & Extent)
  | ({
      readonly state: 'ready';
      readonly claim: string;
      readonly startedAt: Date;
      readonly endedAt: Date;
      readonly chunks: number;
      /** Of all bytes, hexadecimal. */
      readonly sha256: string;
      /** Whether webhooks have been told. */
      readonly told: boolean;
    } & Extent)
  | { readonly state: 'failed'; readonly endedAt: Date; readonly because: Failure }
  /** Its file was removed. */
  | { readonly state: 'expired' };

/** A list that was asked for whole, as a file that is made by and by. */
export type Export = {
  readonly id: string;
  readonly list: ListName;
  /** As the query of the list has it. */
  readonly query: Readonly<Record<string, string>>;
  readonly file: WantedFile;
  /** The name of the key. */
  readonly by: string;
  /** Whose people it tells of; everybody's where it is left out. */
  readonly employers?: readonly string[];
  /** Of what was asked: the same Idempotency-Key with another one asks for something else. */
  readonly fingerprint: string;
  readonly createdAt: Date;
  /** From here on there is no file. */
  readonly expiresAt: Date;
  /** One more with every change. */
  readonly version: number;
  readonly standing: Standing;
};

/** An export that is being made. */
export type Running = Export & { readonly standing: Extract<Standing, { state: 'running' }> };
/** An export whose file is there. */
export type Ready = Export & { readonly standing: Extract<Standing, { state: 'ready' }> };

export const isReady = (one: Export): one is Ready => one.standing.state === 'ready';

/** The bytes that an export takes up. */
export const bytesOf = ({ standing }: Export): number => ('bytes' in standing ? standing.bytes : 0);
