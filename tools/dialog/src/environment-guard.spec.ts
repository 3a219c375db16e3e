import { judgeEnvironment, judgeNaming, type Reached } from './environment-guard';

const staging = { name: 'staging', kafkaClusterId: 'one' };
const reached = (changes: Partial<Reached>): Reached => ({
  named: 'staging',
  marker: staging,
  clusterId: 'one',
  owners: ['staging'],
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
    ['one whose topics say nothing', { owners: [] }, 'go'],
    ['one whose topics are those of another', { owners: ['production'] }, 'refuse'],
    ['one whose topics are those of another, only to look', { owners: ['qa'], changes: false }, 'refuse'],
    ['one whose topics are also those of another', { owners: ['production', 'staging'] }, 'refuse'],
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

const production = { owners: ['production'] };
const toKeep = { refused: expect.stringContaining('--instead-of production') };

describe('naming an environment', () => {
  it.each<[string, Parameters<typeof judgeNaming>, object]>([
    [
      'the first time',
      [undefined, { name: 'staging', clusterId: 'one' }],
      { marker: staging, handedOver: [] },
    ],
    [
      'again the same',
      [staging, { name: 'staging', owners: ['staging'] }],
      { marker: staging, handedOver: [] },
    ],
    [
      'with its Kafka',
      [{ name: 'staging' }, { name: 'staging', clusterId: 'one' }],
      { marker: staging, handedOver: [] },
    ],
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
      { marker: { name: 'qa', kafkaClusterId: 'two' }, handedOver: [] },
    ],
    [
      'anew, on purpose, with its topics',
      [staging, { name: 'qa', insteadOf: 'staging', owners: ['staging'] }],
      { marker: { name: 'qa', kafkaClusterId: 'one' }, handedOver: ['staging'] },
    ],
    [
      'anew, half done before',
      [{ name: 'qa' }, { name: 'qa', insteadOf: 'staging', owners: ['qa', 'staging'] }],
      { marker: { name: 'qa' }, handedOver: ['staging'] },
    ],
    ['beside another, by mistake', [undefined, { name: 'staging', clusterId: 'one', ...production }], toKeep],
    ['again, with the topics of another', [staging, { name: 'staging', ...production }], toKeep],
    [
      'anew, with the topics of a third',
      [staging, { name: 'qa', insteadOf: 'staging', ...production }],
      toKeep,
    ],
    [
      'with topics that another has left',
      [staging, { name: 'staging', insteadOf: 'production', ...production }],
      { marker: staging, handedOver: ['production'] },
    ],
    [
      'anew, though it is another that has left its topics',
      [staging, { name: 'qa', insteadOf: 'production', ...production }],
      { refused: expect.stringContaining('--instead-of staging') },
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
