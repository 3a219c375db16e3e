import { drillRevisionSchema } from '@stopcovid/contracts';
import { inWorld, registered, startedDrill } from './dialog.testkit';

type Message = { readonly text?: { readonly en: string }; readonly media?: string };
const says = (en: string, media?: string): Message => ({ text: { en }, ...(media && { media }) });

const ask = (messages: readonly Message[], texts: readonly string[], maxAttempts = 4) => {
  const options = texts.map((en, index) => ({ id: 'abcdefghij'[index], text: { en } }));
  const drill = drillRevisionSchema.parse({
    hash: 'f'.repeat(64),
    content: {
      slug: 'screens',
      title: { en: 'Screens' },
      languages: ['en'],
      prompts: [
        { slug: 'which', messages, options, key: 'b', maxAttempts },
        { slug: 'bye', messages: [says('Bye!')] },
      ],
    },
  });
  return inWorld({ drills: [drill], codes: {} }, registered, startedDrill(drill));
};

const few = ['red', 'blue', 'green'];
const many = ['red', 'blue', 'green', 'black', 'white', 'brown', 'grey', 'pink', 'gold'];
const long = 'Wash between the fingers, under the nails, around the thumbs and up to the wrist';

describe('after a wrong answer the options', () => {
  it.each<[string, readonly Message[], readonly string[]]>([
    ['a picture stands with them', [says('Which?\n{{options}}', 'colours.png')], few],
    ['a picture came after them', [says('Which?\n{{options}}'), { media: 'colours.png' }], few],
    ['a long text came after them', [says('Which?\n{{options}}'), says(`${long}. ${long}.`)], few],
    ['they are many', [says('Which?\n{{options}}')], many],
    ['they are long', [says('Which?\n{{options}}')], [long, long, long]],
  ])('are put again where %s', (_why, messages, options) =>
    ask(messages, options)
      .when('a')
      .then({
        type: 'PromptFailed',
        abandoned: false,
        again: { slug: 'which', options: options.map((en) => ({ text: en })) },
      }),
  );

  it.each<[string, readonly Message[], readonly string[]]>([
    ['they are the last thing', [says('Which?\n{{options}}')], few],
    ['much stands before them', [says(long, 'colours.png'), says(`${long}\n{{options}}`)], few],
    ['one line came after them', [says('Which?\n{{options}}'), says('Take your time.')], few],
  ])('are not put again where %s', (_why, messages, options) => {
    const [batch] = ask(messages, options).when('a').batches;
    expect(batch?.events).toEqual([expect.not.objectContaining({ again: expect.anything() })]);
  });

  it('are put again once the replies themselves have moved them away', () =>
    ask([says('Which?\n{{options}}')], few)
      .when('a', 'a')
      .seeing({ type: 'PromptFailed', attempt: 1 }, { type: 'PromptFailed', attempt: 2 })
      .when('a')
      .then({ type: 'PromptFailed', attempt: 3, again: { slug: 'which' } }));

  it('are not put again with the last one, which tells the right answer', () => {
    const [batch] = ask([says('Which?\n{{options}}')], many, 1).when('a').batches;
    expect(batch?.events[0]).toMatchObject({ type: 'PromptFailed', abandoned: true });
    expect(batch?.events[0]).not.toHaveProperty('again');
  });
});
