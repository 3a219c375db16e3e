import { once, EventEmitter } from 'node:events';
import type { EachBatchPayload } from 'kafkajs';
import { Assignment } from './assignment';
import type { LogRecord } from './log-record';
import { PartitionRun } from './partition-run';

type Offsets = NonNullable<Parameters<EachBatchPayload['commitOffsetsIfNecessary']>[0]>;

const failure = (type: string): Error => Object.assign(new Error(type), { type });
const lastOf = (partition: number): LogRecord => ({
  topic: 'letters',
  partition,
  offset: '6',
  key: null,
  value: null,
  headers: {},
  timestamp: 0,
});

/** A consumer that has joined, the requests that it sent, and what was resolved. `answer` is what Kafka does with one. */
const consumer = (answer: (offsets: Offsets) => Promise<void> = () => Promise.resolve()) => {
  const assignment = new Assignment();
  const join = (): void => assignment.join({ letters: [0, 1, 2], parcels: [0] });
  join();
  const requests: Offsets[] = [];
  const resolved: string[] = [];
  const run = (partition: number, topic = 'letters'): PartitionRun => {
    const payload = Object.assign(Object.create(null), {
      batch: { topic, partition, messages: [] },
      commitOffsetsIfNecessary: async (offsets: Offsets) => {
        requests.push(offsets);
        await answer(offsets);
      },
      resolveOffset: (offset: string) => void resolved.push(`${topic}/${partition}@${offset}`),
    }) as EachBatchPayload;
    const mark = { acceptedAt: 5, offset: String(partition) };
    const marks = { known: () => mark, mark: () => Promise.resolve(mark) };
    return new PartitionRun(payload, assignment.membership(), { group: 'readers', marks });
  };
  return { assignment, join, run, requests, resolved };
};

const commit = (run: PartitionRun): Promise<void> => run.commit('7', lastOf(run.context.partition));
const statuses = async (commits: readonly Promise<void>[]): Promise<readonly string[]> =>
  (await Promise.allSettled(commits)).map((each) =>
    each.status === 'fulfilled' ? 'committed' : String(each.reason),
  );
const partitionsIn = ({ topics }: Offsets): readonly string[] =>
  topics.flatMap(({ topic, partitions }) => partitions.map(({ partition }) => `${topic}/${partition}`));

describe('commits of the partitions of one membership', () => {
  it('are one request where they come at the same time, each with its own mark', async () => {
    const { run, requests, resolved } = consumer();
    const runs = [run(0), run(2), run(0, 'parcels')];
    await Promise.all(runs.map(commit));
    expect(requests).toEqual([
      {
        topics: [
          {
            topic: 'letters',
            partitions: [
              { partition: 0, offset: '7', metadata: 'database 5:0' },
              { partition: 2, offset: '7', metadata: 'database 5:2' },
            ],
          },
          { topic: 'parcels', partitions: [{ partition: 0, offset: '7', metadata: 'database 5:0' }] },
        ],
      },
    ]);
    expect(resolved).toEqual(['letters/0@6', 'letters/2@6', 'parcels/0@6']);
    expect(runs.map(({ next }) => next)).toEqual(['7', '7', '7']);
  });

  it('share the next request where they come while one is on its way, and are remembered once they are known', async () => {
    const kafka = new EventEmitter();
    const { run, requests } = consumer(async () => {
      kafka.emit('asked');
      await once(kafka, 'answer');
    });
    const runs = [run(0), run(1), run(2)] as const;
    const first = commit(runs[0]);
    await once(kafka, 'asked');
    const others = [commit(runs[1]), commit(runs[2])];
    expect(runs.map(({ next }) => next)).toEqual([undefined, undefined, undefined]);
    const asked = once(kafka, 'asked');
    kafka.emit('answer');
    await Promise.all([first, asked]);
    expect(runs.map(({ next }) => next)).toEqual(['7', undefined, undefined]);
    kafka.emit('answer');
    await Promise.all(others);
    expect(requests.map(partitionsIn)).toEqual([['letters/0'], ['letters/1', 'letters/2']]);
    expect(runs.map(({ next }) => next)).toEqual(['7', '7', '7']);
  });

  it('are not made, nor remembered, where the membership ends before the request leaves', async () => {
    const { run, join, requests, resolved, assignment } = consumer();
    const before = [run(0), run(1)];
    const commits = before.map(commit);
    join();
    const now = run(0);
    await Promise.all([...commits, commit(now)]);
    expect(requests.map(partitionsIn)).toEqual([['letters/0']]);
    expect(resolved).toEqual(['letters/0@6']);
    expect(before.map(({ next }) => next)).toEqual([undefined, undefined]);
    expect([...assignment.membership().committed]).toEqual([['letters/0', '7']]);
  });

  it('are not made again in the name of the next membership, where Kafka refuses one and the group is joined again', async () => {
    const { run, join, requests } = consumer(() => {
      join();
      return Promise.reject(failure('OFFSET_METADATA_TOO_LARGE'));
    });
    await Promise.all([run(0), run(1)].map(commit));
    expect(requests.map(partitionsIn)).toEqual([['letters/0', 'letters/1']]);
  });

  it.each(['REBALANCE_IN_PROGRESS', 'ILLEGAL_GENERATION', 'UNKNOWN_MEMBER_ID'])(
    'fail together, and once, by %s',
    async (type) => {
      const { run, requests, resolved } = consumer(() => Promise.reject(failure(type)));
      expect(await statuses([run(0), run(1)].map(commit))).toEqual([`Error: ${type}`, `Error: ${type}`]);
      expect(requests).toHaveLength(1);
      expect(resolved).toEqual([]);
    },
  );

  it('fail each alone by what Kafka has against one of them', async () => {
    const { run, requests } = consumer((offsets) =>
      partitionsIn(offsets).includes('letters/1')
        ? Promise.reject(failure('OFFSET_METADATA_TOO_LARGE'))
        : Promise.resolve(),
    );
    const runs = [run(0), run(1), run(2)];
    expect(await statuses(runs.map(commit))).toEqual([
      'committed',
      'Error: OFFSET_METADATA_TOO_LARGE',
      'committed',
    ]);
    expect(runs.map(({ next }) => next)).toEqual(['7', undefined, '7']);
    expect(requests).toHaveLength(4);
  });
});
