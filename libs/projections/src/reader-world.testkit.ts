import { encodeBatch, phoneSchema, traineeSchema, type EventBatch, type Phone } from '@stopcovid/contracts';
import type { LogRecord } from '@stopcovid/kafka';
import type { Arrival, Documents, Fold, Known } from './fold';
import { inMemoryWaitingPhones } from './in-memory-waiting-phones';
import { VersionedReader, type ReaderParts, type SliceReport } from './versioned-reader';

export const maria = phoneSchema.parse('+12025550143');
export const sokha = phoneSchema.parse('+12025550180');

/** The versions that were included, where the last was read, and the highest that was glimpsed. */
export type Diary = {
  readonly versions: readonly number[];
  readonly offset: string;
  readonly glimpsed: number;
  readonly optedOutAt?: number;
};
const blank: Diary = { versions: [], offset: '0', glimpsed: 0 };

const diaries: Fold<Diary> = {
  reached: ({ versions, offset }) =>
    versions.length === 0
      ? { version: 0 }
      : { version: versions.at(-1) ?? 0, position: { partition: 0, offset } },
  include: (diary = blank, { batch, position }) => ({
    ...diary,
    versions: [...diary.versions, batch.version],
    offset: position.offset,
  }),
  glimpse: (diary = blank, { batch }) =>
    batch.version > diary.glimpsed ? { ...diary, glimpsed: batch.version } : diary,
  hearOptOut: (diary = blank, { version }) => ({ ...diary, optedOutAt: version }),
};

export const batchOf = (phone: Phone, version: number): EventBatch => ({
  type: 'EventBatch',
  schemaVersion: 1,
  phone,
  at: '2026-03-01T10:00:00.000Z' as EventBatch['at'],
  version,
  commandId: `command-${version}` as EventBatch['commandId'],
  commandType: 'ReceiveSms',
  trainee: traineeSchema.parse({
    registration: null,
    optedOut: false,
    profile: { language: 'en', answers: {} },
    account: {},
  }),
  events: [],
});

export class Away extends Error {}

/** A topic of one partition, a reader over it that obeys seeks, and documents that can be spoilt. */
export const world = (changes: Partial<ReaderParts<Diary>> = {}) => {
  const log: LogRecord[] = [];
  const stored = new Map<Phone, Diary>();
  const spoilt = new Set<Phone>();
  /** Versions that need a part of the document which cannot be read. */
  const spoiltParts = new Set<number>();
  const waiting = inMemoryWaitingPhones();
  const reports: SliceReport[] = [];
  const sought: string[] = [];
  const trouble: { next: Error | undefined; lost: Set<Phone> } = { next: undefined, lost: new Set() };
  let clock = 0;
  let next = 0;
  let membership = new AbortController();
  const knownOf = (phone: Phone, arrivals: readonly Arrival[]): Known<Diary> => {
    if (spoilt.has(phone) || arrivals.some(({ batch }) => spoiltParts.has(batch.version)))
      return { kind: 'unreadable', reason: 'versions: invalid_type' };
    const value = stored.get(phone);
    return value === undefined ? { kind: 'none' } : { kind: 'readable', value };
  };
  const documents: Documents<Diary> = {
    load: (arrivals) => {
      const { next: error } = trouble;
      trouble.next = undefined;
      if (error !== undefined) return Promise.reject(error);
      return Promise.resolve(new Map([...arrivals].map(([phone, own]) => [phone, knownOf(phone, own)])));
    },
    save: (all) => {
      const lost = new Set(all.map(({ phone }) => phone).filter((phone) => trouble.lost.delete(phone)));
      for (const change of all) if (!lost.has(change.phone)) stored.set(change.phone, change.next);
      return Promise.resolve(lost);
    },
  };
  const parts: ReaderParts<Diary> = {
    fold: diaries,
    documents,
    waiting,
    unknownEvents: 'leaveOut',
    isOutage: (error) => error instanceof Away,
    report: (report) => void reports.push(report),
    now: () => clock,
    ...changes,
  };
  let reader = new VersionedReader(parts);
  const put = (phone: Phone, value: Buffer): void => {
    const offset = String(log.length);
    log.push({
      topic: 'dialog.events.v1',
      partition: 0,
      offset,
      key: phone,
      value,
      headers: {},
      timestamp: 0,
    });
  };
  const step = async (size: number): Promise<readonly string[]> => {
    const slice = log.slice(next, next + size);
    let to: string | undefined;
    const outcomes = await reader.handle(slice, {
      topic: 'dialog.events.v1',
      partition: 0,
      isCurrent: () => true,
      signal: membership.signal,
      seek: (offset) => {
        to = offset;
        sought.push(offset);
      },
    });
    if (to !== undefined) next = Number(to);
    else if (outcomes.every(({ kind }) => kind !== 'retry')) next += slice.length;
    return outcomes.map(({ kind }) => kind);
  };
  return {
    stored,
    spoilt,
    spoiltParts,
    waiting,
    reports,
    sought,
    trouble,
    log,
    put: (phone: Phone, ...versions: readonly number[]) => {
      for (const version of versions) put(phone, Buffer.from(encodeBatch(batchOf(phone, version))));
    },
    putFuture: (phone: Phone, version: number, optedOut = false) => {
      const batch = { ...batchOf(phone, version), schemaVersion: 2, trainee: { optedOut } };
      put(phone, Buffer.from(JSON.stringify(batch)));
    },
    becomesReadable: (offset: number, version: number) => {
      const record = log[offset];
      if (record === undefined) throw new Error('there is no such record');
      const phone = phoneSchema.parse(record.key);
      log[offset] = { ...record, value: Buffer.from(encodeBatch(batchOf(phone, version))) };
    },
    step,
    /** The transport asks while nothing comes; true when the topic is read again. */
    asks: async (): Promise<boolean> => {
      const from = await reader.rereadFrom({
        topic: 'dialog.events.v1',
        partition: 0,
        signal: membership.signal,
      });
      if (from === undefined || Number(from) >= next) return false;
      next = Number(from);
      return true;
    },
    read: async (size = 500): Promise<void> => {
      for (let slices = 0; next < log.length; slices += 1) {
        if (slices > 200) throw new Error('the reader goes in circles');
        await step(size);
      }
    },
    restart: () => {
      membership.abort();
      membership = new AbortController();
      reader = new VersionedReader(parts);
    },
    /** The next membership goes on from the offset that was committed. */
    rebalance: (committed = next) => {
      membership.abort();
      membership = new AbortController();
      next = committed;
    },
    passes: (ms: number) => void (clock += ms),
    versions: (phone: Phone = maria) => stored.get(phone)?.versions,
  };
};
