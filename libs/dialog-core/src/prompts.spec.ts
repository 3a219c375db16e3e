import {
  drillContentSchema,
  languageSchema,
  promptSlugSchema,
  type DrillContent,
} from '@stopcovid/contracts';
import { branching, handwashing, inWorld, registered, startedDrill } from './dialog.testkit';
import { askedPrompt, isFinal, localizedIn, nextOf, promptOf } from './prompts';

const slug = (name: string) => promptSlugSchema.parse(name);
const language = (code: string) => languageSchema.parse(code);
const prompt = (content: DrillContent, name: string) => {
  const found = promptOf(content, slug(name));
  if (found === undefined) throw new Error(`the fixture has no prompt ${name}`);
  return found;
};
const drill = (prompts: readonly object[]) =>
  drillContentSchema.parse({ slug: 'd', title: { en: 'D' }, languages: ['en'], prompts });
const message = [{ text: { en: 'Hi' } }];

describe('a question as it is put', () => {
  it('speaks the drill’s first language to people whose language it lacks', () =>
    expect(askedPrompt(handwashing.content, slug('bye'), language('km'))).toMatchObject({
      language: 'en',
      messages: [{ text: 'Bye!' }],
    }));
  it('is made once per language', () =>
    expect(askedPrompt(handwashing.content, slug('bye'), language('es'))).toBe(
      askedPrompt(handwashing.content, slug('bye'), language('es')),
    ));
  it('takes each message’s picture, of the language or of all', () => {
    const content = drill([
      { slug: 'p', messages: [{ media: 'a.png' }, { text: { en: 'x' }, media: { en: 'b.png' } }] },
    ]);
    expect(askedPrompt(content, slug('p'), language('en')).messages).toEqual([
      { media: 'a.png' },
      { text: 'x', media: 'b.png' },
    ]);
  });
  it('falls back to the first language for a text that lacks the spoken one', () =>
    expect(localizedIn({ en: 'x' }, language('es'), [language('en'), language('es')])).toBe('x'));
  it('throws for a prompt that the drill lacks', () =>
    expect(() => askedPrompt(handwashing.content, slug('none'), language('en'))).toThrow('no such prompt'));
});

describe('the order of prompts', () => {
  it.each([
    ['bye', true],
    ['treasure', true],
    ['swamp', false],
    ['fork', false],
  ])('%s is final: %s', (name, final) =>
    expect(isFinal(branching.content, prompt(branching.content, name))).toBe(final),
  );

  it('lets an option win over an outcome', () => {
    const content = drill([
      {
        slug: 'p',
        messages: message,
        options: [{ id: 'a', text: { en: 'x' } }],
        next: { answered: 'q', options: { a: 'r' } },
      },
      { slug: 'q', messages: message },
      { slug: 'r', messages: message },
    ]);
    const [option] = content.prompts[0]?.options ?? [];
    const next = nextOf(content, prompt(content, 'p'), {
      outcome: 'answered',
      ...(option && { option: option.id }),
    });
    expect(next?.slug).toBe('r');
  });
  it('ends at a target that does not exist', () => {
    const content = drill([
      { slug: 'p', messages: message, next: 'nowhere' },
      { slug: 'q', messages: message },
    ]);
    expect(nextOf(content, prompt(content, 'p'), { outcome: 'answered' })).toBeUndefined();
  });
});

const runOf = (prompts: readonly object[]) => {
  const revision = { ...handwashing, content: drill(prompts) };
  return inWorld({ drills: [revision], codes: {} }, registered, startedDrill(revision));
};

describe('odd drills', () => {
  it('with two prompts of one slug end all the same', () => {
    const talk = runOf([
      { slug: 'a', messages: message },
      { slug: 'b', messages: message },
      { slug: 'a', messages: message },
      { slug: 'c', messages: message },
    ]).when('x', 'x', 'x', 'x');
    expect(talk.state.conversation.status).toBe('Idle');
  });
  it('whose last prompt is graded wait for the answer', () =>
    runOf([
      { slug: 'a', messages: message },
      { slug: 'b', messages: message, answers: { en: ['soap'] } },
    ])
      .when('x')
      .seeing({ type: 'PromptCompleted' }, { type: 'PromptAdvanced' })
      .when('soap')
      .then({ type: 'PromptCompleted', correct: true }, { type: 'DrillCompleted', right: 1, graded: 1 }));
  it('whose last prompt stores wait for the answer', () =>
    runOf([
      { slug: 'a', messages: message },
      { slug: 'b', messages: message, store: { field: 'wish', type: 'text' } },
    ])
      .when('x', 'rest')
      .then(
        { type: 'PromptCompleted' },
        { type: 'PromptAdvanced' },
        { type: 'PromptCompleted', stored: { field: 'wish', value: 'rest' } },
        { type: 'DrillCompleted' },
      ));
  it.each([
    ['number', '12', 12],
    ['yesNo', 'yes', true],
  ])('store a %s as one', (type, reply, value) => {
    const talk = runOf([
      { slug: 'a', messages: message, store: { field: 'wish', type } },
      { slug: 'b', messages: message },
    ]).when(reply);
    expect(talk.state.trainee.profile.answers).toEqual({ wish: value });
  });
  it.each([
    ['no prompts', { prompts: [] }],
    ['no attempts', { prompts: [{ slug: 'a', messages: message, maxAttempts: 0 }] }],
    ['no messages', { prompts: [{ slug: 'a', messages: [] }] }],
    ['no languages', { languages: [], prompts: [{ slug: 'a', messages: message }] }],
  ])('with %s cannot be', (_what, fields) =>
    expect(
      drillContentSchema.safeParse({ slug: 'd', title: { en: 'D' }, languages: ['en'], ...fields }).success,
    ).toBe(false),
  );
});
