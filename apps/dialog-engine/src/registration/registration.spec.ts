import type { RegistrationAnswer } from '@stopcovid/dialog-core';
import { firstKnown, patienceOf } from './registration';

const valid: RegistrationAnswer = { status: 'Valid', demo: false, account: { employerName: 'ours' } };
const theirs: RegistrationAnswer = { status: 'Valid', demo: true, account: { employerName: 'theirs' } };
const unknown: RegistrationAnswer = { status: 'Unknown' };
const unavailable: RegistrationAnswer = { status: 'Unavailable' };
const always = (answer: RegistrationAnswer) => ({ lookup: () => Promise.resolve(answer) });

describe('several places that know codes', () => {
  it.each<{ what: string; answers: readonly RegistrationAnswer[]; expected: RegistrationAnswer }>([
    { what: 'the first that knows the code answers', answers: [valid, theirs], expected: valid },
    {
      what: 'the next is asked when the first does not know it',
      answers: [unknown, theirs],
      expected: theirs,
    },
    {
      what: 'one that is down is not taken for a no',
      answers: [unknown, unavailable],
      expected: unavailable,
    },
    { what: 'nobody knows it', answers: [unknown, unknown], expected: unknown },
  ])('$what', async ({ answers, expected }) => {
    expect(await firstKnown(answers.map(always)).lookup('CLEAN1', (limitMs) => limitMs)).toEqual(expected);
  });
});

describe('the patience of a slice', () => {
  it('begins with its first question, and is used up by all of them together', () => {
    let now = 5_000;
    const patience = patienceOf(() => now);
    now = 9_000;
    expect(patience(6_000)).toBe(6_000);
    now = 13_000;
    expect(patience(6_000)).toBe(2_000);
    now = 20_000;
    expect(patience(6_000)).toBe(0);
  });
});
