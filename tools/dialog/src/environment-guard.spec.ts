import { judgeEnvironment, judgeNaming, type Reached } from './environment-guard';

const staging = { name: 'staging', kafkaClusterId: 'one' };
const reached = (changes: Partial<Reached>): Reached => ({
  named: 'staging',
  marker: staging,
  clusterId: 'one',
  changes: true,
  ...changes,
});

describe('acting on an environment', () => {
  it.each<[string, Partial<Reached>, string]>([
    ['the one that was named', {}, 'go'],
    ['another than was named', { named: 'production' }, 'refuse'],
    ['another than was named, only to look', { named: 'production', changes: false }, 'refuse'],
    ['one that was not named', { named: undefined }, 'refuse'],
    ['one that was not named, only to look', { named: undefined, changes: false }, 'go'],
    ['one with the Kafka of another', { clusterId: 'two' }, 'refuse'],
    ['one with the Kafka of another, only to look', { clusterId: 'two', changes: false }, 'refuse'],
    ['one without touching Kafka', { clusterId: undefined }, 'go'],
    ['one whose Kafka is not recorded', { marker: { name: 'staging' } }, 'refuse'],
    ['one whose Kafka is not recorded, only to look', { marker: { name: 'staging' }, changes: false }, 'go'],
    ['one without a name', { marker: undefined, named: undefined }, 'refuse'],
    ['one without a name, under a name', { marker: undefined, changes: false }, 'refuse'],
    ['one without a name, only to look', { marker: undefined, named: undefined, changes: false }, 'go'],
  ])('%s', (_what, changes, kind) => {
    expect(judgeEnvironment(reached(changes))).toMatchObject({ kind });
  });

  it('warns who looks at one without a name, and says how to name it', () => {
    expect(judgeEnvironment(reached({ marker: undefined, named: undefined, changes: false }))).toMatchObject({
      warning: expect.stringContaining('dialog environment set'),
    });
  });
});

describe('naming an environment', () => {
  it.each<[string, Parameters<typeof judgeNaming>, object]>([
    ['the first time', [undefined, { name: 'staging', clusterId: 'one' }], { marker: staging }],
    ['again the same', [staging, { name: 'staging' }], { marker: staging }],
    ['with its Kafka', [{ name: 'staging' }, { name: 'staging', clusterId: 'one' }], { marker: staging }],
    [
      'anew, by mistake',
      [staging, { name: 'production' }],
      { refused: expect.stringContaining('--instead-of staging') },
    ],
    [
      'with another Kafka, by mistake',
      [staging, { name: 'staging', clusterId: 'two' }],
      { refused: expect.stringContaining('another Kafka') },
    ],
    [
      'anew, on purpose',
      [staging, { name: 'qa', insteadOf: 'staging', clusterId: 'two' }],
      { marker: { name: 'qa', kafkaClusterId: 'two' } },
    ],
    [
      'anew, meaning another',
      [staging, { name: 'qa', insteadOf: 'production' }],
      { refused: 'this is staging, not production' },
    ],
    [
      'anew, where there is none',
      [undefined, { name: 'qa', insteadOf: 'staging' }],
      { refused: expect.stringContaining('without a name') },
    ],
  ])('%s', (_what, args, outcome) => {
    expect(judgeNaming(...args)).toEqual(outcome);
  });
});
