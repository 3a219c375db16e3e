import {
  encodeBatch,
  eventSample,
  phoneSchema,
  traineeSchema,
  type EventBatch,
  type Phone,
} from '@stopcovid/contracts';
import type { LogRecord } from '@stopcovid/kafka';
import type { Arrival, Change, Documents, Fold, Known } from './fold';
import { inMemoryWaitingPhones } from './in-memory-waiting-phones';
import { VersionedReader, type ReaderParts, type SliceReport } from './versioned-reader';

const maria = phoneSchema.parse('+12025550143');
const sokha = phoneSchema.parse('+12025550180');

/** The versions that were included, where the last was read, and the highest that was glimpsed. */
type Diary = {
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

const batchOf = (phone: Phone, version: number): EventBatch => ({
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

class Away extends Error {}

/** A topic of one partition, a reader over it that obeys seeks, and documents that can be spoilt. */
const world = (changes: Partial<ReaderParts<Diary>> = {}) => {
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

describe('a reader of versions', () => {
  it.each([1, 2, 500])('includes each batch once and in order, read %d at a time', async (size) => {
    const { put, read, versions, step, log } = world();
    put(maria, 1, 2, 2, 1, 3);
    await read(size);
    expect(versions()).toEqual([1, 2, 3]);
    expect(await step(log.length)).toEqual([]);
  });

  it('puts aside what will never be a batch, and takes the next', async () => {
    const { put, log, step, versions } = world();
    put(maria, 1, 2);
    log[0] = { ...(log[0] as LogRecord), value: Buffer.from('{') };
    log.push({ ...(log[1] as LogRecord), offset: '2', key: sokha });
    put(sokha, 1);
    expect(await step(9)).toEqual(['deadLetter', 'done', 'deadLetter', 'done']);
    expect(versions(sokha)).toEqual([1]);
  });

  it('folds again what somebody else wrote first, and nothing else', async () => {
    const before: string[][] = [];
    const changed = (changes: readonly Change<Diary>[]) => changes.map(({ phone }) => phone);
    const { put, read, trouble, versions } = world({
      beforeSave: (_batches, changes) => Promise.resolve(void before.push(changed(changes))),
    });
    put(maria, 1);
    put(sokha, 1);
    trouble.lost.add(sokha);
    await read();
    expect([versions(), versions(sokha)]).toEqual([[1], [1]]);
    expect(before).toEqual([[maria, sokha], [sokha]]);
  });

  it('holds the records of a phone that is always taken, not those before it', async () => {
    const { put, step, trouble } = world({});
    put(maria, 1);
    put(sokha, 1);
    trouble.lost.has = () => true;
    trouble.lost.delete = (phone: Phone) => phone === sokha;
    expect(await step(9)).toEqual(['done', 'retry']);
  });

  it('waits out an outage, and throws a mistake', async () => {
    const { put, step, trouble, reports } = world();
    put(maria, 1);
    trouble.next = new Away();
    expect(await step(9)).toEqual(['retry']);
    expect(reports.at(-1)?.held).toBeInstanceOf(Away);
    trouble.next = new TypeError('x is not a function');
    await expect(step(9)).rejects.toThrow(TypeError);
    expect(await step(9)).toEqual(['done']);
  });

  it('writes nothing before what must have happened has', async () => {
    const { put, step, versions } = world({ beforeSave: () => Promise.reject(new Away()) });
    put(maria, 1);
    expect(await step(9)).toEqual(['retry']);
    expect(versions()).toBeUndefined();
  });
});

describe('a log that begins with an erasure', () => {
  const erasing = (version: number, events: readonly unknown[] = [{ ...eventSample('TraineeErased') }]) =>
    Buffer.from(JSON.stringify({ ...batchOf(maria, version), events }));

  it('is read from there on, at whatever version it begins', async () => {
    const { put, log, read, versions, waiting } = world();
    put(maria, 5, 6, 7);
    log[0] = { ...(log[0] as LogRecord), value: erasing(5) };
    await read();
    expect(versions()).toEqual([5, 6, 7]);
    expect(await waiting.of(0)).toEqual([]);
  });

  it.each([
    ['begins with another event', 0, erasing(5, [])],
    ['has its erasure later', 1, erasing(6)],
  ])('is the only one: what %s has a hole', async (_what, at, value) => {
    const { put, log, read, versions, waiting } = world();
    put(maria, ...(at === 0 ? [5, 6, 7] : [1, 6, 7]));
    log[at] = { ...(log[at] as LogRecord), value };
    await read();
    expect(versions() ?? []).toEqual(at === 0 ? [] : [1]);
    expect(await waiting.of(0)).toMatchObject([{ phone: maria, because: 'gap', after: at }]);
  });
});

describe('a missing batch', () => {
  it('is looked for once, from the last one that the phone has; then the phone waits on record', async () => {
    const { put, read, sought, waiting, versions, reports } = world();
    put(maria, 1);
    put(sokha, 1, 2);
    put(maria, 3);
    put(sokha, 3);
    await read(2);
    expect(sought).toEqual(['0']);
    expect(versions(sokha)).toEqual([1, 2, 3]);
    expect(await waiting.of(0)).toMatchObject([{ phone: maria, after: 1, found: 3, because: 'gap' }]);
    expect(reports.flatMap(({ began }) => began)).toHaveLength(1);
    put(maria, 4);
    await read();
    expect(sought).toEqual(['0']);
  });

  it.each([1, 3, 500])('lets those behind it in once it came, read %d at a time', async (size) => {
    const { put, read, versions, waiting } = world();
    put(maria, 1, 3, 4, 5);
    await read(size);
    put(maria, 2);
    await read(size);
    expect(versions()).toEqual([1, 2, 3, 4, 5]);
    expect(await waiting.of(0)).toEqual([]);
  });

  it('is not looked for again after a restart, and never from the beginning', async () => {
    const { put, read, sought, restart, waiting, reports } = world();
    put(sokha, 1, 2, 3);
    put(maria, 1, 3);
    await read();
    restart();
    put(sokha, 4);
    put(maria, 4);
    await read();
    expect(sought).toEqual(['3']);
    expect(await waiting.of(0)).toHaveLength(1);
    expect(reports.at(-1)?.waitingPhones).toBe(1);
  });

  it('is looked for again when the partition was lost before the looking ended', async () => {
    const { put, step, sought, rebalance, waiting } = world();
    put(maria, 1, 3);
    await step(9);
    rebalance();
    await step(9);
    expect(await waiting.of(0)).toEqual([]);
    await step(9);
    expect(await waiting.of(0)).toHaveLength(1);
    expect(sought).toEqual(['0', '0']);
  });

  it('goes on after a restart where a crash cut off the reading of what had passed by', async () => {
    const { put, read, restart, stored, versions } = world();
    put(maria, 1, 3);
    await read();
    stored.set(maria, { versions: [1, 2], offset: '0', glimpsed: 3 });
    restart();
    put(sokha, 1);
    await read();
    expect(versions()).toEqual([1, 2, 3]);
  });

  it.each([1, 2, 500])(
    'is found where it stands behind the one that follows it, read %d at a time',
    async (size) => {
      const { put, read, versions, waiting } = world();
      put(maria, 2, 1, 4, 3, 6, 5);
      await read(size);
      expect(versions()).toEqual([1, 2, 3, 4, 5, 6]);
      expect(await waiting.of(0)).toEqual([]);
    },
  );

  it('lets later ones be glimpsed at once', async () => {
    const { put, read, stored } = world();
    put(maria, 1, 3);
    await read();
    put(maria, 7);
    await read();
    expect(stored.get(maria)).toMatchObject({ versions: [1], glimpsed: 7 });
  });
});

describe('a batch from a later release', () => {
  it('stops its own phone, on record, and nobody else; what follows it is glimpsed', async () => {
    const { put, putFuture, read, versions, waiting, stored, sought } = world();
    put(maria, 1);
    putFuture(maria, 2);
    put(maria, 3);
    put(sokha, 1);
    await read();
    expect([versions(), versions(sokha)]).toEqual([[1], [1]]);
    expect(await waiting.of(0)).toMatchObject([
      { phone: maria, after: 1, readFrom: '1', found: 3, because: 'future' },
    ]);
    expect(stored.get(maria)?.glimpsed).toBe(3);
    expect(sought).toEqual([]);
  });

  it.each([1, 2, 500])('is taken by the release that can read it, read %d at a time', async (size) => {
    const { put, putFuture, becomesReadable, read, restart, versions, waiting } = world();
    put(maria, 1);
    putFuture(maria, 2);
    put(maria, 3);
    await read(size);
    becomesReadable(1, 2);
    put(maria, 4);
    restart();
    put(sokha, 1);
    await read(size);
    expect(versions()).toEqual([1, 2, 3, 4]);
    expect(await waiting.of(0)).toEqual([]);
  });

  it('still tells at once that its trainee has opted out, also behind another one and without a document', async () => {
    const { put, putFuture, read, stored, versions, waiting } = world();
    put(maria, 1);
    putFuture(maria, 2);
    putFuture(maria, 3, true);
    putFuture(sokha, 1, true);
    await read();
    expect([stored.get(maria)?.optedOutAt, stored.get(sokha)?.optedOutAt]).toEqual([3, 1]);
    expect([versions(), versions(sokha)]).toEqual([[1], []]);
    expect((await waiting.of(0)).map(({ readFrom }) => readFrom)).toEqual(['1', '3']);
  });

  it('is read by the release that can read it, though its partition was lost on the way there', async () => {
    const { put, putFuture, becomesReadable, read, step, rebalance, restart, versions, waiting, log } =
      world();
    put(maria, 1);
    putFuture(maria, 2);
    put(sokha, 1);
    await read();
    becomesReadable(1, 2);
    put(sokha, 2);
    restart();
    await step(1);
    await step(1);
    rebalance(log.length - 1);
    await read();
    expect(versions()).toEqual([1, 2]);
    expect(await waiting.of(0)).toEqual([]);
  });

  it.each([1, 2, 500])(
    'is gone on from with a batch that passed by, though others were published again after it, %d at a time',
    async (size) => {
      const { put, putFuture, read, versions, waiting, step, rebalance, log } = world();
      put(maria, 1);
      putFuture(maria, 2);
      put(maria, 3, 4, 5);
      await read(size);
      put(maria, 2, 3, 4, 6);
      await step(size);
      rebalance(log.length);
      put(sokha, 1);
      await read(size);
      expect(versions()).toEqual([1, 2, 3, 4, 5, 6]);
      expect(await waiting.of(0)).toEqual([]);
    },
  );

  it('is not read again by a process that could not read it', async () => {
    const { put, putFuture, read, rebalance, sought, waiting } = world();
    put(maria, 1);
    putFuture(maria, 2);
    await read(9);
    const before = sought.length;
    rebalance();
    put(sokha, 1);
    await read(9);
    expect(sought).toHaveLength(before);
    expect(await waiting.of(0)).toMatchObject([{ because: 'future' }]);
  });

  it('still stops its phone in a new membership of a release that cannot read it', async () => {
    const { put, putFuture, read, rebalance, versions, waiting } = world();
    putFuture(maria, 1);
    await read();
    rebalance();
    put(maria, 2);
    put(sokha, 1);
    await read();
    expect([versions(), versions(sokha)]).toEqual([[], [1]]);
    expect(await waiting.of(0)).toMatchObject([{ readFrom: '0', because: 'future' }]);
  });

  it('is told from a batch that is missing before it', async () => {
    const { put, putFuture, read, waiting } = world();
    put(maria, 1, 3);
    putFuture(maria, 4);
    await read();
    expect(await waiting.of(0)).toMatchObject([{ because: 'gap', after: 1, readFrom: '0' }]);
  });
});

describe('an event that only a later release knows', () => {
  const rated = { type: 'LessonRated', stars: 5 };
  const putRated = ({ put, log }: ReturnType<typeof world>, events: readonly unknown[], optedOut = false) => {
    put(maria, 1, 2, 3);
    const batch = batchOf(maria, 2);
    const value = { ...batch, events, trainee: { ...batch.trainee, optedOut } };
    log[1] = { ...(log[1] as LogRecord), value: Buffer.from(JSON.stringify(value)) };
  };

  it('makes its phone wait for a reader that must leave out none, and an opt-out with it counts', async () => {
    const all = world({ unknownEvents: 'wait' });
    putRated(all, [rated], true);
    all.put(sokha, 1);
    await all.read();
    expect([all.versions(), all.versions(sokha)]).toEqual([[1], [1]]);
    expect(await all.waiting.of(0)).toMatchObject([
      { phone: maria, readFrom: '1', because: 'future', reason: 'events of a later release: LessonRated' },
    ]);
    expect(all.stored.get(maria)?.optedOutAt).toBe(2);
  });

  it.each([
    ['is left out by a reader that may', 'leaveOut', [rated]],
    ['is none where no release would write its name', 'wait', [{ type: 'a sentence, not a name' }, 7]],
  ] as const)('%s', async (_what, unknownEvents, events) => {
    const all = world({ unknownEvents });
    putRated(all, events);
    await all.read();
    expect(all.versions()).toEqual([1, 2, 3]);
    expect(await all.waiting.of(0)).toEqual([]);
  });
});

describe('a document that cannot be read', () => {
  const spoil = async (size = 500) => {
    const all = world();
    all.put(maria, 1, 2);
    await all.read(size);
    all.spoilt.add(maria);
    all.put(maria, 3, 4);
    all.put(sokha, 1);
    await all.read(size);
    return all;
  };

  it('stops its own phone, on record with what is wrong', async () => {
    const { versions, waiting } = await spoil();
    expect(versions(sokha)).toEqual([1]);
    expect(await waiting.of(0)).toMatchObject([
      { phone: maria, readFrom: '2', because: 'unreadable', reason: 'versions: invalid_type' },
    ]);
  });

  it.each([1, 2, 500])('in part is not read again and again, %d at a time', async (size) => {
    const { spoiltParts, put, read, passes, sought, versions, waiting } = world();
    put(maria, 1);
    await read();
    spoiltParts.add(2);
    put(maria, 2, 3, 4);
    await read(size);
    expect(await waiting.of(0)).toMatchObject([{ because: 'unreadable' }]);
    expect(sought.length).toBeLessThan(3);
    spoiltParts.clear();
    passes(60_000);
    put(sokha, 1);
    await read(size);
    expect(versions()).toEqual([1, 2, 3, 4]);
    expect(await waiting.of(0)).toEqual([]);
  });

  it.each([1, 2, 500])(
    'stays on record until all was read that came meanwhile, read %d at a time',
    async (size) => {
      const { spoilt, put, putFuture, step, restart, versions, waiting, log } = await spoil();
      putFuture(maria, 5, true);
      await step(500);
      expect(await waiting.of(0)).toMatchObject([{ because: 'unreadable', readFrom: '2', passedTo: '5' }]);
      spoilt.delete(maria);
      put(sokha, 2);
      restart();
      const onRecord: (readonly [number, boolean])[] = [];
      for (let steps = 0; steps < 2 + log.length / size; steps += 1) {
        await step(size);
        const [wait] = await waiting.of(0);
        onRecord.push([versions()?.length ?? 0, wait?.unheard === true]);
      }
      expect(onRecord.filter(([read, passed]) => read < 4 && !passed)).toEqual([]);
      expect(await waiting.of(0)).toMatchObject([{ because: 'future', readFrom: '5' }]);
      expect(onRecord.at(-1)).toEqual([4, false]);
    },
  );

  it.each([
    ['after a restart', 1],
    ['after a restart', 500],
    ['after a while', 1],
    ['after a while', 500],
    ['with its next batch', 1],
    ['with its next batch', 500],
  ])('is gone on with %s once it was mended, read in slices of %#', async (when, size) => {
    const { spoilt, put, read, restart, passes, versions, waiting } = await spoil(size);
    spoilt.delete(maria);
    if (when === 'after a restart') restart();
    if (when === 'after a while') passes(61_000);
    put(when === 'with its next batch' ? maria : sokha, when === 'with its next batch' ? 5 : 2);
    await read(size);
    expect(versions()?.slice(0, 4)).toEqual([1, 2, 3, 4]);
    expect(await waiting.of(0)).toEqual([]);
  });

  it('is read on from where it stands when it was put back to an earlier batch', async () => {
    const { spoilt, stored, put, read, restart, versions } = await spoil();
    spoilt.delete(maria);
    stored.set(maria, { versions: [1], offset: '0', glimpsed: 0 });
    restart();
    put(sokha, 2);
    await read();
    expect(versions()).toEqual([1, 2, 3, 4]);
  });
});

describe('what is on record of a waiting phone cannot be read', () => {
  it.each([1, 2, 500])('so the topic is read again for it, and it goes on, %d at a time', async (size) => {
    const { put, read, restart, versions, waiting } = world();
    put(maria, 1, 3);
    put(sokha, 1);
    await read(size);
    const [gap] = await waiting.of(0);
    if (gap === undefined) throw new Error('nobody waits');
    const { phone, partition, since } = gap;
    const spoilt = { phone, partition, since, after: 0, readFrom: '0', reason: 'after: invalid_type' };
    await waiting.keep([{ ...spoilt, because: 'unreadable' }]);
    restart();
    put(sokha, 2);
    await read(size);
    expect(versions(sokha)).toEqual([1, 2]);
    expect(await waiting.of(0)).toMatchObject([{ because: 'gap', after: 1 }]);
    put(maria, 2);
    await read(size);
    expect(versions()).toEqual([1, 2, 3]);
    expect(await waiting.of(0)).toEqual([]);
  });
});

describe('a partition on which nothing comes', () => {
  it.each([1, 500])('lets a mended document take in what it missed, read %d at a time', async (size) => {
    const { put, spoilt, read, asks, versions, waiting } = world();
    put(maria, 1);
    await read(size);
    spoilt.add(maria);
    put(maria, 2, 3);
    await read(size);
    expect(await asks()).toBe(false);
    spoilt.delete(maria);
    expect(await asks()).toBe(true);
    await read(size);
    expect(versions()).toEqual([1, 2, 3]);
    expect(await waiting.of(0)).toEqual([]);
    expect(await asks()).toBe(false);
  });

  it('is not read again while it still is because of the last time', async () => {
    const { put, spoilt, step, read, asks, versions } = world();
    put(sokha, 1, 2, 3);
    spoilt.add(maria);
    put(maria, 1, 2);
    await read();
    spoilt.delete(maria);
    expect(await asks()).toBe(true);
    await step(1);
    expect(await asks()).toBe(false);
    await read();
    expect(versions()).toEqual([1, 2]);
  });

  it('is read on by the release that can, in its first membership', async () => {
    const { put, putFuture, becomesReadable, read, restart, asks, versions } = world();
    putFuture(maria, 1);
    put(maria, 2);
    await read();
    expect(await asks()).toBe(false);
    becomesReadable(0, 1);
    restart();
    expect(await asks()).toBe(true);
    await read();
    expect(versions()).toEqual([1, 2]);
  });

  it.each([1, 500])(
    'is read on by a phone that was put forward over its gap, read %d at a time',
    async (size) => {
      const { put, stored, read, asks, versions, waiting } = world();
      put(maria, 1, 3, 5);
      await read(size);
      stored.set(maria, { versions: [1, 2], offset: '0', glimpsed: 3 });
      expect(await asks()).toBe(true);
      await read(size);
      expect(versions()).toEqual([1, 2, 3]);
      expect(await waiting.of(0)).toMatchObject([{ because: 'gap', after: 3, found: 5 }]);
      expect(await asks()).toBe(false);
    },
  );

  it('forgets a phone that was put forward past all there is, and does not read for it for ever', async () => {
    const { put, stored, read, asks, waiting } = world();
    put(maria, 1, 3);
    await read();
    stored.set(maria, { versions: [1, 2, 3], offset: '0', glimpsed: 3 });
    expect(await asks()).toBe(true);
    await read();
    expect(await waiting.of(0)).toEqual([]);
    expect(await asks()).toBe(false);
  });

  it('waits in no hurry for a phone whose gap is still open', async () => {
    const { put, stored, read, asks } = world();
    put(maria, 1, 5);
    await read();
    stored.set(maria, { versions: [1, 2], offset: '0', glimpsed: 5 });
    expect(await asks()).toBe(true);
    await read();
    expect(await asks()).toBe(false);
  });
});

describe('what comes before a write', () => {
  it('is told every batch at hand, also those that wait', async () => {
    const told: number[] = [];
    const { put, read } = world({
      beforeSave: (batches: readonly Arrival[]) =>
        Promise.resolve(void told.push(...batches.map(({ batch }) => batch.version))),
    });
    put(maria, 1, 3);
    await read();
    expect(new Set(told)).toEqual(new Set([1, 3]));
  });
});
