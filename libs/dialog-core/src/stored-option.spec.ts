import { drillRevisionSchema } from '@stopcovid/contracts';
import { inWorld, registered, startedDrill, type Talk } from './dialog.testkit';

const places = [
  { id: 'a', text: { en: 'in the kitchen' }, value: 'kitchen' },
  { id: 'b', text: { en: 'with customers' }, value: 'customers' },
];
const languages = [
  { id: 'a', text: { en: 'English' }, value: 'en' },
  { id: 'b', text: { en: 'Español' }, value: 'es' },
];

/** A drill that asks one thing, stores the answer and says goodbye. */
const asking = (question: Readonly<Record<string, unknown>>): Talk => {
  const revision = drillRevisionSchema.parse({
    hash: 'f'.repeat(64),
    content: {
      slug: 'one-thing',
      title: { en: 'One thing' },
      languages: ['en'],
      prompts: [
        { slug: 'ask', messages: [{ text: { en: 'Which? {{options}}' } }], ...question },
        { slug: 'bye', messages: [{ text: { en: 'Bye!' } }] },
      ],
    },
  });
  return inWorld({ drills: [revision], codes: {} }, registered, startedDrill(revision));
};
const place = { options: places, store: { field: 'place', type: 'text' } };
const language = { options: languages, store: { field: 'language', type: 'text' } };

describe('a question that stores one of its options', () => {
  it.each(['a', 'A)', 'kitchen', 'in the kitchn', 'the kitchen please'])(
    'keeps the option’s value of %j',
    (text) =>
      asking(place)
        .when(text)
        .then(
          { type: 'PromptCompleted', option: 'a', stored: { field: 'place', value: 'kitchen' } },
          { type: 'PromptAdvanced' },
          { type: 'DrillCompleted' },
        ),
  );

  it.each(['at the bar', 'a or b', 'neither', '…', 'not the kitchen', 'd'])(
    'takes nothing else: %j',
    (text) => {
      const talk = asking(place)
        .when(text)
        .seeing({ type: 'ReplyUnclear', count: 1, asks: { wants: 'option' } });
      expect(talk.state.trainee.profile.answers).toEqual({});
    },
  );

  it('is passed over without counting when it is given up', () => {
    const talk = asking(place)
      .when('bar', 'bar', 'bar')
      .seeing(
        { type: 'ReplyUnclear' },
        { type: 'ReplyUnclear' },
        { type: 'PromptFailed', abandoned: false, graded: false },
      )
      .when('bar')
      .seeing(
        { type: 'PromptFailed', abandoned: true, graded: false },
        { type: 'PromptAdvanced' },
        { type: 'DrillCompleted', right: 0, graded: 0 },
      );
    expect(talk.state.trainee.profile.answers).toEqual({});
  });

  it('takes other answers where it says so, as they were typed', () => {
    const talk = asking({ ...place, other: true }).when(' at the bar ');
    expect(talk.state.trainee.profile.answers).toEqual({ place: 'at the bar' });
  });
});

describe('a question that stores one of some languages', () => {
  it.each(['b', 'español', 'Spanish', 'ESP', 'castellano'])('knows the language that %j names', (text) =>
    expect(asking(language).when(text).state.trainee.profile.language).toBe('es'),
  );

  it.each(['French', 'Klingon', 'Spanish or French'])(
    'offers its own again instead of guessing: %j',
    (text) => {
      const talk = asking(language).when(text).seeing({ type: 'ReplyUnclear' });
      expect(talk.state.trainee.profile.language).toBe('en');
    },
  );

  it('keeps another language where it takes other answers', () =>
    expect(asking({ ...language, other: true }).when('French').state.trainee.profile.language).toBe('fr'));
});

describe('a question on a scale', () => {
  const scale = ['1', '5', '3'].map((value, index) => ({
    id: 'abc'[index],
    text: { en: `level ${value}` },
    value,
  }));
  const sure = { options: scale, store: { field: 'sure', type: 'text' }, asks: 'confidence-before' };

  it('tells where on it the trainee is', () =>
    asking(sure)
      .when('c')
      .then(
        { type: 'PromptCompleted', rating: { asks: 'confidence-before', value: 3, least: 1, most: 5 } },
        { type: 'PromptAdvanced' },
        { type: 'DrillCompleted', graded: 0 },
      ));

  it('tells nothing of what is on no scale', () => {
    const [outcome] = asking(place).when('a').batches.at(-1)?.events ?? [];
    expect(outcome).not.toHaveProperty('rating');
  });
});
