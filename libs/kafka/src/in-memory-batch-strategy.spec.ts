import { batchTransportContract } from './batch-transport.contract';
import { InMemoryBatchStrategy } from './in-memory-batch-strategy';
import { InMemoryLog, inMemoryPublisher } from './in-memory-log';
import { done } from './outcome';

const topic = 'dialog.commands.v1';
const group = 'dialog-engine';

batchTransportContract('the log in memory', () => {
  const log = new InMemoryLog(4);
  const publisher = inMemoryPublisher(log);
  return Promise.resolve({
    topic,
    partitions: log.partitions,
    publish: (records) => publisher.publish(topic, records),
    strategy: () =>
      new InMemoryBatchStrategy({
        log,
        group,
        sliceSize: 50,
        backoff: { firstMs: 1, maxMs: 5 },
        rereadEveryMs: 20,
      }),
    deadLetters: () => Promise.resolve(log.records(`${topic}.dead`)),
    committed: () =>
      Promise.resolve(
        Array.from({ length: log.partitions }, (_, partition) =>
          Number(log.committed(group, topic, partition) ?? 0),
        ).reduce((sum, offset) => sum + offset, 0),
      ),
    stop: () => Promise.resolve(),
  });
});

describe('a log in memory', () => {
  it('is drained once all groups have handled all records, those that handlers published included', async () => {
    const log = new InMemoryLog(2);
    const first = new InMemoryBatchStrategy({ log, group: 'first' });
    first.addHandler(
      'in',
      (records: readonly { key: string }[]) => {
        for (const { key } of records) log.append('out', { key, value: 'follows' });
        return Promise.resolve(records.map(() => done));
      },
      true,
    );
    const second = new InMemoryBatchStrategy({ log, group: 'second' });
    const seen: string[] = [];
    second.addHandler(
      'out',
      (records: readonly { key: string }[]) => {
        seen.push(...records.map(({ key }) => key));
        return Promise.resolve(records.map(() => done));
      },
      true,
    );
    first.listen(() => undefined);
    second.listen(() => undefined);
    log.append('in', { key: '+12025550143', value: 'START' });
    await log.drained();
    expect(seen).toEqual(['+12025550143']);
    await Promise.all([first.close(), second.close()]);
  });
});
