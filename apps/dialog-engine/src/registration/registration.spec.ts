import type { RegistrationAnswer } from '@stopcovid/dialog-core';
import { firstKnown } from './registration';

const valid: RegistrationAnswer = { status: 'Valid', demo: false, account: { employerName: 'ours' } };
const theirs: RegistrationAnswer = { status: 'Valid', demo: true, account: { employerName: 'theirs' } };
const always = (answer: RegistrationAnswer) => ({ lookup: () => Promise.resolve(answer) });

describe('several places that know codes', () => {
  it.each<[string, RegistrationAnswer, RegistrationAnswer, RegistrationAnswer]>([
    ['the first that knows the code answers', valid, theirs, valid],
    ['the next is asked when the first does not know it', { status: 'Unknown' }, theirs, theirs],
    [
      'one that is down is not taken for a no',
      { status: 'Unknown' },
      { status: 'Unavailable' },
      { status: 'Unavailable' },
    ],
    ['nobody knows it', { status: 'Unknown' }, { status: 'Unknown' }, { status: 'Unknown' }],
  ])('%s', async (_, first, second, expected) => {
    expect(await firstKnown([always(first), always(second)]).lookup('CLEAN1')).toEqual(expected);
  });
});
