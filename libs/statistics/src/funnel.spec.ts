import { funnel, participation } from './funnel';
import { rounded } from './statistics.testkit';

const branched = [
  { prompt: 'p1', reached: 100, answered: 90 },
  { prompt: 'p2a', reached: 60, answered: 54 },
  { prompt: 'p2b', reached: 30, answered: 30 },
  { prompt: 'p3', reached: 84, answered: 80 },
];

it('who drops off is counted by those who reached that prompt, not the one before it', () =>
  expect(
    rounded(
      3,
      funnel(branched).map(({ dropOff }) => dropOff.share),
    ),
  ).toEqual([0.1, 0.1, 0, 0.048]));

it('a step keeps what it was given', () =>
  expect(funnel(branched)[1]).toMatchObject({ prompt: 'p2a', reached: 60, dropOff: { count: 6, of: 60 } }));

it('participation is what was answered of all that was reached', () => {
  expect(participation(branched)).toMatchObject({ count: 254, of: 274 });
  expect(participation([]).share).toBeNull();
});

it('a prompt that nobody reached has no drop-off', () =>
  expect(funnel([{ reached: 0, answered: 0 }])[0]?.dropOff.share).toBeNull());

it('more answers than prompts put are a mistake of ours', () =>
  expect(() => funnel([{ reached: 1, answered: 2 }])).toThrow(RangeError));
