import type { LogRecord } from '@stopcovid/kafka';
import { batchOf, maria, sokha, world } from './reader-world.testkit';

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
