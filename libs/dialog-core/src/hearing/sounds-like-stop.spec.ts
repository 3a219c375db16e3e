import { drillRevisionSchema } from '@stopcovid/contracts';
import { fixtures, given, inWorld, registered, started, startedDrill } from '../dialog.testkit';
import { asksToStop } from '../free-opt-out';
import { soundsLikeStop } from './sounds-like-stop';

/** No rule hears it: it is here to be heard by its sound alone. */
const plea = 'my husband doesnt work there now stop';

/** An option of it is what sounds like a request, and another one does not. */
const whyNot = drillRevisionSchema.parse({
  hash: '1'.repeat(64),
  content: {
    slug: 'why-not',
    title: { en: 'Why not' },
    languages: ['en'],
    prompts: [
      {
        slug: 'list',
        messages: [{ text: { en: 'What do you note beside a name? {{options}}' } }],
        options: [
          { id: 'a', text: { en: plea } },
          { id: 'b', text: { en: 'on leave' } },
        ],
        key: 'b',
      },
    ],
  },
});

describe('a text that only sounds like a request to stop', () => {
  it('is known to no rule', () => {
    expect(asksToStop(plea)).toBe(false);
    expect(soundsLikeStop(plea)).toBe(true);
  });

  it('is asked back, and the open question stays open', () =>
    given(registered, started)
      .when(plea)
      .seeing({ type: 'OptOutQuestioned', text: plea })
      .when('b')
      .then({ type: 'OptOutDeclined' }, { type: 'PromptCompleted' }, { type: 'PromptAdvanced' }));

  it('means it when it is said again', () =>
    given(registered)
      .when(plea)
      .seeing({ type: 'OptOutQuestioned' })
      .when(plea)
      .then({ type: 'TraineeOptedOut', detail: 'confirmed' }));

  it('is an answer where it is an option of the open question', () =>
    inWorld({ ...fixtures, drills: [whyNot] }, registered, startedDrill(whyNot))
      .when(plea)
      .then({ type: 'PromptFailed', option: 'a' }));
});

it.each([
  ['longer than forty words', `${plea} `.repeat(6)],
  ['of one word', 'unsubscription'],
  ['without any', '?!'],
])('a text %s is not weighed', (_kind, text) => expect(soundsLikeStop(text)).toBe(false));
