import type { Prompt } from '@stopcovid/contracts';
import { gradeReply } from './grade';
import { byLanguage, choiceOf, lang } from './grading.testkit';

const verdictOf = (prompt: Prompt, reply: string, language = 'en'): string =>
  gradeReply(prompt, lang(language), reply).verdict;
const open = (text: string): Prompt => {
  const { slug, messages, maxAttempts } = choiceOf({}, undefined);
  return { slug, messages, maxAttempts, answers: byLanguage({ en: [text] }) };
};

const seconds = choiceOf({ a: 'for 5 seconds', b: 'for 20 seconds' }, 'b');
const degrees = choiceOf({ a: '-5 degrees', b: '5 degrees' }, 'b');
const weeks = choiceOf({ a: '2 days', b: '2 weeks' }, 'b');
const oven = choiceOf({ a: '145°F', b: '165°F' }, 'b');
const home = choiceOf({ a: 'go to work', b: 'stay home' }, 'b');
const isFalse = choiceOf({ a: 'True', b: 'False' }, 'b');
const thumbs = choiceOf({ a: 'the palms', b: 'the thumbs and fingertips', c: 'the backs of the hands' }, 'b');
const grease = choiceOf({ a: 'No, grease needs soap and water', b: 'Yes, it kills everything' }, 'a');
const segundos = choiceOf({ a: 'por 5 segundos', b: 'por 20 segundos' }, 'b', 'es');
const secondes = choiceOf(
  { a: 'pendant 5 secondes', b: 'pendant 20 secondes', c: 'pendant 90 secondes' },
  'c',
  'fr',
);

describe('the option that is meant', () => {
  it.each([
    [
      'an amount alone',
      seconds,
      ['20', '20s', '20 sec', 'twenty seconds', '2️⃣0️⃣', 'for 20 seconds for 20 seconds'],
    ],
    [
      'an amount in another spelling',
      oven,
      ['165', '165°', '165 F', '165 degrees fahrenheit', '165º', '165℉'],
    ],
    ['an amount in words', weeks, ['two weeks', '2 wks', '2weeks', 'about 2 weeks']],
    [
      'a mark among harmless words',
      seconds,
      [
        'The correct answer is (B).',
        'Final answer: B',
        "I'd say b",
        'Ok, B',
        'b please',
        'b por favor',
        'The answer is B because soap needs time',
        '🅱️',
        'Ⓑ',
        'B is correct',
        'definitely b',
      ],
    ],
    [
      'words that it alone has',
      thumbs,
      ['thumbs', 'fingertips', 'thumb', 'the finger tips', 'thums', 'fingertips and thumbs'],
    ],
    ['the yes or no that it begins with', grease, ['no', 'No, soap', 'soap and water', 'i think no']],
    ['words with blanks lost or added', home, ['stayhome', 'stay at home', 'I would stay home', 'stay hoem']],
  ])('is the one with %s', (_what, prompt, replies) => {
    for (const reply of replies) expect([reply, verdictOf(prompt, reply)]).toEqual([reply, 'right']);
  });

  it.each([
    'veinte segundos',
    '20 seg',
    'creo que la b',
    'la respuesta es la b',
    'me parece que la b',
    'b gracias',
  ])('is heard in Spanish: %j', (reply) => expect(verdictOf(segundos, reply, 'es')).toBe('right'));
  it.each(['quatre-vingt-dix secondes', 'c’est la c', 'je dirais c', 'à mon avis la c', 'la c svp'])(
    'is heard in French: %j',
    (reply) => expect(verdictOf(secondes, reply, 'fr')).toBe('right'),
  );
});

describe('what is not that option', () => {
  it.each([
    ['another sign', degrees, ['–5 degrees', '- 5 degrees', 'minus 5 degrees', '5 degrees below zero']],
    [
      'another amount',
      weeks,
      ['2½ weeks', 'over 2 weeks', '2 and a half weeks', '2 weeks or more', '2-3 weeks', '2', '2 months'],
    ],
    [
      'an amount compared',
      seconds,
      ['less than 20 seconds', 'at least 20 seconds', '20 minutes', '120', 'twenty five seconds'],
    ],
    ['another unit', oven, ['165°C', '145', '1650', '16.5']],
    [
      'a denial',
      home,
      [
        'nobody should stay home',
        'I rarely stay home',
        'don´t stay home',
        'I wouldn`t stay home',
        'stay home is wrong',
      ],
    ],
    ['a denial behind it', isFalse, ['none of it is false', 'false... not!', "ain't false", 'not false']],
    [
      'two options, or one taken back',
      seconds,
      ['not b', 'a and b', 'b or c', 'b) for 5 seconds', 'neither', 'B because a is wrong'],
    ],
    ['words of two options', thumbs, ['thumbs and palms', 'not the thumbs', 'hands', 'and', 'b) the palms']],
    ['its no with the reason of the other', grease, ['yes, soap', 'no, it kills everything', 'not soap']],
    ['what a phone wrote', seconds, ['Disliked “b) for 20 seconds”', '👍 to “b) for 20 seconds”']],
  ])('is said by %s', (_what, prompt, replies) => {
    for (const reply of replies) expect([reply, verdictOf(prompt, reply)]).not.toEqual([reply, 'right']);
  });

  it.each(['más de 20 segundos', 'al menos 20 segundos', 'no la b', 'ni b', 'a o b', 'veinticinco segundos'])(
    'is heard in Spanish: %j',
    (reply) => expect(verdictOf(segundos, reply, 'es')).not.toBe('right'),
  );
  it.each(['moins de 90 secondes', 'pas la c', 'quatre-vingts secondes'])('is heard in French: %j', (reply) =>
    expect(verdictOf(secondes, reply, 'fr')).not.toBe('right'),
  );
});

describe('an open answer', () => {
  it.each([
    ['symptomatic', 'asymptomatic'],
    ['hyperglycemia', 'hypoglycemia'],
    ['contaminated', 'decontaminated'],
    ['internal', 'external'],
    ['activate', 'deactivate'],
    ['increase', 'decrease'],
  ])('%s is not %s, and either is right for itself', (one, other) => {
    expect(verdictOf(open(one), other)).toBe('wrong');
    expect(verdictOf(open(other), one)).toBe('wrong');
    expect(verdictOf(open(one), one)).toBe('right');
  });
  it.each(['?', 'what', 'que', 'quoi', '', 'Liked “?”'])('is not given by %j', (reply) =>
    expect(verdictOf(open('soap'), reply)).toBe('unclear'),
  );
});

describe('numbers that are stored', () => {
  const { slug, messages, maxAttempts } = choiceOf({}, undefined);
  const number: Prompt = { slug, messages, maxAttempts, store: { field: 'count', type: 'number' } };
  it.each([
    ['10k', 10_000],
    ['2 million', 2_000_000],
    ['2½', 2.5],
    ['3 dozens', 36],
    ['one hundred twenty', 120],
    ['-3', -3],
  ])('%s is %d', (reply, value) => expect(gradeReply(number, lang('en'), reply)).toMatchObject({ value }));
  it.each(['less than 5', '2 or 3', '2-3'])('%s is none', (reply) =>
    expect(verdictOf(number, reply)).toBe('wrong'),
  );
});
