import { TopicShares } from './topic-shares';

const running = new AbortController().signal;

describe('the share of a topic', () => {
  it('is that of the last join, whichever is counted last', async () => {
    const answers: ((counts: ReadonlyMap<string, number>) => void)[] = [];
    const shares = new TopicShares(() => new Promise((resolve) => answers.push(resolve)));
    const first = shares.join({ events: [0, 2] }, running);
    const second = shares.join({ events: [1, 3] }, running);
    for (const answer of answers.toReversed()) answer(new Map([['events', 4]]));
    await Promise.all([first, second]);
    expect(shares.of('events')).toEqual({ partitions: [1, 3], part: 0.5 });
  });

  it('is nothing before the first join, and of a topic that is not read', async () => {
    const shares = new TopicShares(() => Promise.resolve(new Map([['events', 2]])));
    expect(shares.of('events')).toEqual({ partitions: [], part: 0 });
    await shares.join({ events: [0] }, running);
    expect([shares.of('events').part, shares.of('others').part]).toEqual([0.5, 0]);
  });

  it('is counted again until the brokers can tell', async () => {
    const answers = [Promise.reject(new Error('no leader')), Promise.resolve(new Map([['events', 2]]))];
    const shares = new TopicShares(() => answers.shift() ?? Promise.reject(new Error('asked too often')));
    await shares.join({ events: [0, 1] }, running);
    expect(shares.of('events').part).toBe(1);
  });
});
