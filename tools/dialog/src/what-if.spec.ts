import {
  drillRevisionSchema,
  eventSample,
  traineeSchema,
  type DialogEvent,
  type EventType,
} from '@stopcovid/contracts';
import { reportWhatIf } from './what-if-command';
import { WhatIf } from './what-if';

const hands = drillRevisionSchema.parse({
  hash: 'a'.repeat(64),
  content: {
    slug: 'hands',
    title: { en: 'Hands' },
    languages: ['en', 'es'],
    prompts: [
      {
        slug: 'how-long',
        messages: [{ text: { en: 'How long?', es: '¿Cuánto?' } }],
        options: [
          { id: 'a', text: { en: 'for 10 seconds', es: 'por 10 segundos' } },
          { id: 'b', text: { en: 'for 20 seconds', es: 'por 20 segundos' } },
        ],
        key: 'b',
      },
      {
        slug: 'team',
        messages: [{ text: { en: 'How many are you?' } }],
        store: { field: 'team', type: 'number' },
      },
      { slug: 'bye', messages: [{ text: { en: 'Bye' } }] },
    ],
  },
});
const trainee = traineeSchema.parse({
  registration: null,
  optedOut: false,
  profile: { language: 'en', answers: {} },
  account: {},
});

const event = (type: EventType, changes: object): DialogEvent =>
  ({ ...eventSample(type), drill: 'hands', prompt: 'how-long', ...changes }) as DialogEvent;
const right = (response: string) => event('PromptCompleted', { response, correct: true, rule: 'Marker' });
const wrong = (response: string | null) =>
  event('PromptFailed', { response, asks: undefined, graded: undefined });

const judged = (...events: readonly DialogEvent[]) => {
  const whatIf = new WhatIf({ revisions: new Map([[hands.content.slug, hands]]) }, 2);
  whatIf.take({ events, trainee });
  const [out, err]: [string[], string[]] = [[], []];
  const terminal = { input: process.stdin, out: (l: string) => out.push(l), err: (l: string) => err.push(l) };
  const exit = (flags = {}) => reportWhatIf(whatIf, flags, terminal);
  return { whatIf, exit, out, err };
};

describe('what if', () => {
  it('the drills and the grader are as they were: nothing changes', () => {
    const { exit, out, err } = judged(
      right('b'),
      right('for 20 seconds'),
      wrong('a'),
      event('MenuRequested', {}),
    );
    expect(exit()).toBe(0);
    expect(out).toEqual(['prompt          replies  changes', 'hands/how-long  3        none']);
    expect(err).toEqual(['3 replies judged again, 0 would turn from right to wrong']);
  });

  it('a right reply would be wrong: that is a problem, with what was written on request alone', () => {
    const { exit, out, err } = judged(right('a'), right('a)'), right('for 10 seconds'), wrong('B!'));
    expect(exit()).toBe(1);
    expect(out[1]).toBe('hands/how-long  4        right → wrong: 3, wrong → right: 1');
    expect(out.join()).not.toContain('B!');
    expect(err[0]).toBe('4 replies judged again, 3 would turn from right to wrong');
    exit({ full: true });
    const shown = out.filter((line) => line.startsWith('  '));
    expect(shown).toHaveLength(3);
    expect(shown[2]).toMatch(/^ {2}wrong → right {2}"B!" \(en; empty → Marker\)$/);
  });

  it.each([
    ['a reply that nobody understood', event('ReplyUnclear', { response: 'b thanks' }), 'unclear → right'],
    ['silence that was wrong', wrong(null), 'wrong → unclear'],
    [
      'words instead of a number',
      event('PromptCompleted', { prompt: 'team', response: 'x', correct: undefined }),
      'answered → unclear',
    ],
  ])('%s is judged as it would be now', (_what, reply, change) => {
    const { whatIf, exit } = judged(reply);
    expect(whatIf.tallies.map(({ changes }) => [...changes])).toEqual([[[change, 1]]]);
    expect(exit()).toBe(0);
  });

  it('a question stores words of a person: they are never shown', () => {
    const { exit, out } = judged(
      event('PromptCompleted', { prompt: 'team', response: 'x', correct: undefined }),
    );
    exit({ full: true });
    exit({ full: true, json: true });
    expect(out.join()).not.toContain('"x"');
    expect(JSON.parse(out.at(-1) ?? '')).toEqual({
      prompt: 'hands/team',
      replies: 1,
      changes: { 'answered → unclear': 1 },
      examples: [],
    });
  });

  it('a prompt is gone: its replies are counted apart, and so is a repeat by its own drill', () => {
    const { whatIf, exit, err } = judged(
      event('PromptFailed', { prompt: 'old' }),
      event('PromptCompleted', {
        drill: 'news',
        response: 'b',
        correct: true,
        repeat: { drill: 'hands', prompt: 'how-long' },
      }),
    );
    exit();
    expect([whatIf.gone, whatIf.tallies.map(({ name }) => name)]).toEqual([1, ['hands/how-long']]);
    expect(err).toContain('1 replies were to prompts that these drills do not have');
  });
});
