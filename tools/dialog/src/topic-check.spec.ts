import type { TopicState } from '@stopcovid/kafka';
import {
  checkAll,
  isDeadLetterTopic,
  keptFor,
  plansFor,
  said,
  tableOfTopics,
  whyNotGrow,
} from './topic-check';

const good = (partitions = 12): readonly TopicState[] =>
  plansFor(partitions, []).map(({ topic, retentionMs, maxMessageBytes }) => ({
    topic,
    partitions,
    replication: 3,
    retentionMs,
    maxMessageBytes,
    cleanupPolicy: 'delete',
    compression: 'uncompressed',
  }));
const withCommands = (changes: Partial<TopicState>): readonly TopicState[] =>
  good().map((state) => (state.topic === 'dialog.commands.v1' ? { ...state, ...changes } : state));
const differencesWith = (changes: Partial<TopicState>, replication?: number): readonly string[] =>
  checkAll(plansFor(12, []), withCommands(changes), replication === undefined ? {} : { replication }).flatMap(
    ({ differences }) => differences.map(said),
  );

describe('checking topics', () => {
  it('finds nothing where all is as it should be', () => {
    expect(checkAll(plansFor(12, []), good(), { replication: 3 }).flatMap((t) => t.differences)).toEqual([]);
  });

  it.each<[string, Partial<TopicState>, string]>([
    ['too few partitions', { partitions: 6 }, 'has 6 partitions, not 12'],
    ['too many partitions', { partitions: 24 }, 'Kafka never removes any'],
    ['too few replicas', { replication: 1 }, 'has 1 replicas, not 3'],
    ['another retention', { retentionMs: -1 }, 'keeps records for ever, not 14 d'],
    ['a smaller size', { maxMessageBytes: 1_000 }, 'takes records up to 1000 bytes, not 1048576'],
    ['packed records', { compression: 'producer' }, 'would stop its readers'],
    ['compaction', { cleanupPolicy: 'compact' }, 'records would vanish'],
  ])('finds %s', (_what, changes, text) => {
    expect(differencesWith(changes, 3)).toEqual([expect.stringContaining(text)]);
  });

  it('does not mind the replicas when it was not told how many', () => {
    expect(differencesWith({ replication: 1 })).toEqual([]);
  });

  it('says which are missing', () => {
    const checked = checkAll(plansFor(12, []), good().slice(1), {});
    expect(checked[0]?.differences).toEqual([{ kind: 'missing' }]);
    expect(tableOfTopics(checked)[1]).toContain('does not exist');
  });

  it('goes by the partitions that the commands have, where nobody says a number', () => {
    expect(plansFor(undefined, good(24))[0]?.partitions).toBe(24);
    expect(plansFor(undefined, [])[0]?.partitions).toBe(12);
  });

  it.each([
    [-1, 'for ever'],
    [86_400_000, '1 d'],
    [1_000, '1000 ms'],
    [Number.NaN, 'unknown'],
  ])('says how long %d ms are', (ms, text) => {
    expect(keptFor(ms)).toBe(text);
  });
});

describe('making partitions more', () => {
  const ends = [{ partition: 0, first: '3', end: '9' }];
  const group = (lag: bigint, unread = 0) => ({ group: 'dialog-engine', lag, unread });

  it('is refused while a group has records to read', () => {
    expect(whyNotGrow({ topic: 't', ends, lags: [group(0n), group(2n)] })).toContain(
      '2 records of t still to read',
    );
  });

  it('is refused where nobody can tell', () => {
    expect(whyNotGrow({ topic: 't', ends, lags: [] })).toContain('nobody can tell');
  });

  it('may be once all is read, or where nothing was ever written', () => {
    expect(whyNotGrow({ topic: 't', ends, lags: [group(0n)] })).toBeUndefined();
    expect(
      whyNotGrow({ topic: 't', ends: [{ partition: 0, first: '0', end: '0' }], lags: [] }),
    ).toBeUndefined();
  });

  it('does not wait for dead letters, which nobody reads in order', () => {
    expect([isDeadLetterTopic('sms.log.v1.dead'), isDeadLetterTopic('sms.log.v1')]).toEqual([true, false]);
  });
});
