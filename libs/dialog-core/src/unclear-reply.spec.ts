import { given, intake, registered, started, startedDrill } from './dialog.testkit';

const question = given(registered, started);

describe('an unclear reply', () => {
  it.each([
    ['several', 'a and b'],
    ['several', 'a or b'],
    ['denied', 'not b'],
    ['none', 'pomegranate'],
    ['nothing', '…'],
    ['none', 'what'],
  ])('is on record with its reason, %s: %s', (why, text) =>
    question.when(text).then({ type: 'ReplyUnclear', prompt: 'how-long', response: text, why, count: 1 }),
  );

  it('costs no attempt, twice', () =>
    question
      .when('a or b', 'hm')
      .seeing({ type: 'ReplyUnclear', count: 1 }, { type: 'ReplyUnclear', count: 2 })
      .when('a')
      .seeing({ type: 'PromptFailed', attempt: 1, abandoned: false })
      .when('b')
      .then({ type: 'PromptCompleted', attempt: 2, correct: true }, { type: 'PromptAdvanced' }));

  it('puts the options of the question again', () =>
    question.when('hm').then({
      type: 'ReplyUnclear',
      asks: {
        wants: 'option',
        prompt: { slug: 'how-long', options: [{ id: 'a' }, { id: 'b' }] },
      },
    }));

  it('costs an attempt from the third on, whatever came between, so that the drill ends', () =>
    question
      .when('hm', 'a', 'hm')
      .seeing({ type: 'ReplyUnclear' }, { type: 'PromptFailed' }, { type: 'ReplyUnclear', count: 2 })
      .when('hm')
      .then(
        { type: 'PromptFailed', rule: 'NoMatch', attempt: 2, abandoned: true },
        { type: 'PromptAdvanced', prompt: { slug: 'with-what' } },
      ));

  it('is not called wrong when it costs an attempt: what is wanted is said again', () =>
    question
      .when('hm', 'hm')
      .seeing({ type: 'ReplyUnclear' }, { type: 'ReplyUnclear' })
      .when('hm')
      .then({ type: 'PromptFailed', attempt: 1, abandoned: false, asks: { wants: 'option' } }));

  it('is forgotten with the next question', () =>
    question.when('hm', 'hm', 'b').when('hm').then({ type: 'ReplyUnclear', prompt: 'with-what', count: 1 }));
});

describe('a text that a phone wrote by itself', () => {
  const reaction = 'Disliked “b) for 20 seconds”';
  const ignored = { type: 'TextNotUnderstood', text: reaction, rule: 'MachineText' } as const;

  it.each([
    ['during a question', question],
    ['outside of one', given(registered)],
    ['from a stranger', given()],
  ])('is on record and changes nothing %s', (_when, talk) => {
    const after = talk.when(reaction).seeing(ignored);
    expect(after.state).toEqual(talk.state);
  });

  it('does not become a name', () => {
    const asked = given(registered, startedDrill(intake)).when('en');
    expect(asked.when(reaction).seeing(ignored).state).toEqual(asked.state);
  });
});
