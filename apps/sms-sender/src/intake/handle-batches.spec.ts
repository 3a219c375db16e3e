import { mongo } from 'mongoose';
import { encodeBatch, type EventBatch } from '@stopcovid/contracts';
import type { LogRecord } from '@stopcovid/kafka';
import { inMemoryWaitingPhones } from '@stopcovid/projections';
import { BatchIntake, type BatchParts } from './handle-batches';
import { inMemoryOutboxStore } from '../store/in-memory-outbox-store';
import type { OutboxStore } from '../store/outbox-store';
import { RecentOutboxes } from '../store/recent-outboxes';
import { ann, batchOf, noon, phone, reply, rules } from '../outbox/outbox.testkit';

const bob = phone(202);
const record = (offset: number, value: EventBatch | string): LogRecord => ({
  topic: 'dialog.events.v1',
  partition: 4,
  offset: String(offset),
  key: typeof value === 'string' ? ann : value.phone,
  value: Buffer.from(typeof value === 'string' ? value : encodeBatch(value)),
  headers: {},
  timestamp: noon,
});

const intakeOver = (store: OutboxStore, changes: Partial<BatchParts> = {}) => {
  const seeks: string[] = [];
  const gaps: object[] = [];
  const waiting = inMemoryWaitingPhones();
  const wakes: number[] = [];
  const recent = new RecentOutboxes();
  const intake = new BatchIntake({
    store: recent.watched(store),
    recent,
    textsOf: (batch) => [reply(`v${batch.version}`)],
    rules,
    now: () => noon,
    wake: () => wakes.push(1),
    waiting,
    report: ({ began }) =>
      gaps.push(...began.map(({ phone: of, after, found, because }) => ({ of, after, found, because }))),
    ...changes,
  });
  let membership = new AbortController();
  const seek = (offset: string) => seeks.push(offset);
  const handle = (...records: readonly LogRecord[]) =>
    intake.handle(records, {
      topic: 'dialog.events.v1',
      partition: 4,
      seek,
      isCurrent: () => true,
      signal: membership.signal,
    });
  const rebalance = () => {
    membership.abort();
    membership = new AbortController();
  };
  const bodies = async (of = ann) =>
    (await store.load([of])).outboxes.get(of)?.pending.map(({ body }) => body);
  return { handle, rebalance, bodies, seeks, gaps, wakes, waiting };
};

describe('taking in event batches', () => {
  it('writes each phone once, in order, and wakes the dispatcher', async () => {
    const store = inMemoryOutboxStore();
    const { handle, bodies, wakes } = intakeOver(store);
    const others = batchOf(1, { phone: bob });
    expect(await handle(record(0, batchOf(1)), record(1, others), record(2, batchOf(2)))).toEqual(
      Array.from({ length: 3 }, () => ({ kind: 'done' })),
    );
    expect([await bodies(), await bodies(bob)]).toEqual([['v1', 'v2'], ['v1']]);
    expect((await store.load([ann])).outboxes.get(ann)).toMatchObject({
      revision: 1,
      partition: 4,
      lastOffset: '2',
    });
    expect(wakes).toHaveLength(1);
  });

  it('drops what it has seen', async () => {
    const { handle, bodies } = intakeOver(inMemoryOutboxStore());
    await handle(record(0, batchOf(1)));
    await handle(record(0, batchOf(1)), record(1, batchOf(2)), record(2, batchOf(1)));
    expect(await bodies()).toEqual(['v1', 'v2']);
  });

  it('sends what cannot be read to the dead letters, and the neighbours go on', async () => {
    const { handle, bodies } = intakeOver(inMemoryOutboxStore());
    const outcomes = await handle(record(0, 'not json'), record(1, batchOf(1)));
    expect(outcomes).toMatchObject([{ kind: 'deadLetter', code: 'NOT_JSON' }, { kind: 'done' }]);
    expect(await bodies()).toEqual(['v1']);
  });

  it('waits in place while the store is away', async () => {
    const away = {
      ...inMemoryOutboxStore(),
      save: () => Promise.reject(new mongo.MongoNetworkError('no primary')),
    };
    expect(await intakeOver(away).handle(record(0, batchOf(1)))).toMatchObject([{ kind: 'retry' }]);
  });

  it('reads again and decides again when somebody else wrote first', async () => {
    const inner = inMemoryOutboxStore();
    let rival = true;
    const store: OutboxStore = {
      ...inner,
      save: async (outboxes) => {
        if (rival) {
          rival = false;
          await intakeOver(inner).handle(record(0, batchOf(1)));
        }
        return inner.save(outboxes);
      },
    };
    const { handle, bodies } = intakeOver(store);
    await handle(record(0, batchOf(1)), record(1, batchOf(2)));
    expect(await bodies()).toEqual(['v1', 'v2']);
  });
});

describe('a hole in the versions', () => {
  it('is read again from where the phone was last in order', async () => {
    const { handle, bodies, seeks, gaps } = intakeOver(inMemoryOutboxStore());
    await handle(record(7, batchOf(1)));
    await handle(record(9, batchOf(3)));
    expect(seeks).toEqual(['7']);
    await handle(record(7, batchOf(1)), record(8, batchOf(2)), record(9, batchOf(3)));
    expect(await bodies()).toEqual(['v1', 'v2', 'v3']);
    expect(gaps).toEqual([]);
  });

  it('is read again from the beginning for a phone never seen', async () => {
    const { handle, seeks } = intakeOver(inMemoryOutboxStore());
    await handle(record(5, batchOf(1)), record(9, batchOf(4, { phone: bob })));
    expect(seeks).toEqual(['0']);
  });

  it('is read again once more when the partition was lost before that reading ended', async () => {
    const { handle, rebalance, seeks, gaps } = intakeOver(inMemoryOutboxStore());
    await handle(record(7, batchOf(1)));
    await handle(record(9, batchOf(3)));
    rebalance();
    await handle(record(9, batchOf(3)));
    expect(seeks).toEqual(['7', '7']);
    expect(gaps).toEqual([]);
  });

  it('that is really there parks this phone with an alarm, and the others go on', async () => {
    const { handle, bodies, seeks, gaps } = intakeOver(inMemoryOutboxStore());
    await handle(record(7, batchOf(1)));
    await handle(record(9, batchOf(3)));
    await handle(record(7, batchOf(1)), record(9, batchOf(3)), record(10, batchOf(1, { phone: bob })));
    await handle(record(11, batchOf(4)), record(12, batchOf(2, { phone: bob })));
    expect([await bodies(), await bodies(bob)]).toEqual([['v1'], ['v1', 'v2']]);
    expect(gaps).toEqual([{ of: ann, after: 1, found: 3, because: 'gap' }]);
    expect(seeks).toEqual(['7']);
  });

  it('is closed when the missing version comes after all, and what passed by meanwhile was read again', async () => {
    const { handle, bodies, waiting, seeks } = intakeOver(inMemoryOutboxStore());
    await handle(record(7, batchOf(1)));
    await handle(record(9, batchOf(3)));
    await handle(record(9, batchOf(3)));
    await handle(record(20, batchOf(2)), record(21, batchOf(3)));
    expect(await bodies()).toEqual(['v1', 'v2', 'v3']);
    expect(seeks).toEqual(['7', '7']);
    await handle(record(7, batchOf(1)), record(9, batchOf(3)));
    expect(await waiting.of(4)).toEqual([]);
  });
});
