import type { RegistrationAnswer } from '@stopcovid/dialog-core';
import { firstKnown } from './registration';

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
    expect(await firstKnown(answers.map(always)).lookup('CLEAN1')).toEqual(expected);
  });
});
