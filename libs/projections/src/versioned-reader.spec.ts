import { eventSample, type Phone } from '@stopcovid/contracts';
import type { LogRecord } from '@stopcovid/kafka';
import type { Arrival, Change } from './fold';
import { Away, batchOf, maria, sokha, world, type Diary } from './reader-world.testkit';

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
