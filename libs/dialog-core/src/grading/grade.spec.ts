import type { Prompt } from '@stopcovid/contracts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { correctAnswerOf, gradeAgainstKey, gradeReply } from './grade';
import { byLanguage, choiceOf, lang, mark } from './grading.testkit';

type Sample = { readonly reply: string; readonly key: string; readonly correct: boolean };
const samples = readFileSync(join(__dirname, 'examples/golden.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Sample);

describe('golden samples', () => {
  it('are all there', () => expect(samples).toHaveLength(18));
  it.each(samples)('grades $reply against $key: $correct', ({ reply, key, correct }) =>
    expect(gradeAgainstKey(reply, key).verdict === 'right').toBe(correct),
  );
});

const seconds = choiceOf({ a: 'for 10 seconds', b: 'for 20 seconds', c: 'for 30 seconds' }, 'b');
const grade = (prompt: Prompt, reply: string, language = 'en') => gradeReply(prompt, lang(language), reply);
const inShort = (prompt: Prompt, reply: string, language = 'en'): string => {
  const { verdict, rule } = grade(prompt, reply, language);
  return `${verdict} ${rule}`;
};

describe('defects that may not come back', () => {
  it.each(['for 10 seconds', 'a) for 10 seconds', 'a', 'a for 10 seconds', 'A) FOR 10 SECONDS', 'La a'])(
    'X1: the distractor %j does not pass for its neighbour',
    (reply) => expect(grade(seconds, reply)).toMatchObject({ verdict: 'wrong', option: 'a' }),
  );
  it.each(['for 20 seconds', 'b) for 20 seconds', 'b', 'b for 20 seconds', '20 seconds'])(
    'X2: the right option passes as %j',
    (reply) => expect(grade(seconds, reply)).toMatchObject({ verdict: 'right', option: 'b' }),
  );
  it.each(['hello', 'bb', 'be careful', ''])('X3: a key of one letter does not accept %j', (reply) =>
    expect(gradeAgainstKey(reply, 'b').verdict).not.toBe('right'),
  );
  it.each([
    ['30', '20'],
    ['3', '5'],
    ['200', '20'],
    ['2-30', '2-3'],
    ['2.5', '25'],
    ['-20', '20'],
  ])('X4: the number %j does not pass for %j', (reply, key) =>
    expect(gradeAgainstKey(reply, key).verdict).toBe('wrong'),
  );
  it.each(['é', 'ñ', 'ក', 'i', '12', 'z', 'д'])('X5: %j can mark an option', (id) => {
    const prompt = choiceOf({ [id]: 'wash hands', q: 'wear gloves' }, id);
    for (const reply of [id, `${id})`, `(${id})`, `${id}. wash hands`, id.toUpperCase(), `option ${id}`])
      expect(grade(prompt, reply)).toMatchObject({ verdict: 'right', option: id });
    expect(grade(prompt, 'q')).toMatchObject({ verdict: 'wrong', option: 'q' });
  });
});

const falseIsRight = {
  en: choiceOf({ a: 'True', b: 'False' }, 'b', 'en'),
  es: choiceOf({ a: 'Verdadero', b: 'Falso' }, 'b', 'es'),
  fr: choiceOf({ a: 'Vrai', b: 'Faux' }, 'b', 'fr'),
  km: choiceOf({ ក: 'ត្រូវ', ខ: 'ខុស' }, 'ខ', 'km'),
};

describe('numbers that mark options', () => {
  const amounts = choiceOf({ 1: '20 seconds', 2: '10 seconds' }, '1');
  it.each(['1', '1)', '1) seconds', '1 20 seconds', '20 seconds'])('mean the option in %j', (reply) =>
    expect(grade(amounts, reply)).toMatchObject({ verdict: 'right', option: '1' }),
  );
  it.each(['1 second', '1 seconds', '2 20 seconds'])('are an amount, or contradict, in %j', (reply) =>
    expect(grade(amounts, reply).verdict).toBe('unclear'),
  );
});

describe('what a reply means', () => {
  it.each([
    ['en', 'false', 'right Exact'],
    ['en', 'it is false', 'right Exact'],
    ['en', 'falsé', 'right Exact'],
    ['en', 'fallse', 'right Fuzzy'],
    ['en', 'not false', 'unclear Negated'],
    ['en', "it isn't false", 'unclear Negated'],
    ['en', 'false it is not', 'unclear Negated'],
    ['en', 'true or false', 'unclear Ambiguous'],
    ['en', 'a b', 'unclear Ambiguous'],
    ['en', 'a or b', 'unclear Ambiguous'],
    ['en', 'I think A or maybe B', 'unclear Ambiguous'],
    ['en', 'a or b or a', 'unclear Ambiguous'],
    ['en', 'true, or b', 'unclear Ambiguous'],
    ['en', 'b or what', 'unclear NoMatch'],
    ['en', 'false or b', 'right Phrase'],
    ['en', 'or or or', 'unclear NoMatch'],
    ['en', 'b) true', 'unclear Contradiction'],
    ['en', 'd) false', 'unclear Contradiction'],
    ['en', '...', 'unclear Blank'],
    ['en', '👍🏽', 'unclear Blank'],
    ['en', 'wibble', 'unclear NoMatch'],
    ['en', 'true', 'wrong OtherOption'],
    ['es', 'es falso', 'right Exact'],
    ['es', 'no es falso', 'unclear Negated'],
    ['es', 'la b', 'right Marker'],
    ['es', 'creo que b', 'right Marker'],
    ['es', 'a o b', 'unclear Ambiguous'],
    ['es', 'verdadero', 'wrong OtherOption'],
    ['fr', "c'est faux", 'right Exact'],
    ['fr', "ce n'est pas faux", 'unclear Negated'],
    ['fr', 'réponse b', 'right Marker'],
    ['fr', 'la a ou la b', 'unclear Ambiguous'],
    ['km', 'ខុស', 'right Exact'],
    ['km', 'ជម្រើស ខ', 'right Marker'],
    ['km', 'ខ) ខុស', 'right MarkerAndText'],
    ['km', 'ក ឬ ខ', 'unclear Ambiguous'],
    ['km', 'ត្រូវ', 'wrong OtherOption'],
    ['km', 'មិន ខុស', 'unclear Negated'],
  ] as const)('%s: %j is %s', (language, reply, expected) =>
    expect(inShort(falseIsRight[language], reply, language)).toBe(expected),
  );

  it.each([
    ['20 seconds, no less', 'right Phrase'],
    ['for 20 secnds', 'right Fuzzy'],
    ['b) 20 seconds', 'right MarkerAndText'],
    ['a for 20 seconds', 'unclear Contradiction'],
    ['for 10 or 20 seconds', 'unclear Ambiguous'],
    ['for ២០ seconds', 'right Exact'],
  ])('%j about seconds is %s', (reply, expected) => expect(inShort(seconds, reply)).toBe(expected));

  it('takes articles for words, never for letters inside a word', () => {
    const cheese = choiceOf({ a: 'mozzarella', b: 'the ricotta', c: 'a mask' }, 'a');
    expect(inShort(cheese, 'the mozzarella')).toBe('right Exact');
    expect(inShort(cheese, 'mozzrella')).toBe('right Fuzzy');
    expect(grade(cheese, 'a mask')).toMatchObject({ verdict: 'wrong', option: 'c' });
  });

  it('compares a text of nothing but articles as it stands', () => {
    const words = choiceOf({ a: 'the', b: 'an' }, 'a');
    expect(inShort(words, 'the')).toBe('right Exact');
    expect(inShort(words, 'an')).toBe('wrong OtherOption');
    expect(inShort(words, 'it')).toBe('unclear NoMatch');
  });

  it('lets a longer option win over one that it contains', () => {
    const soap = choiceOf({ a: 'soap', b: 'soap and water' }, 'b');
    expect(inShort(soap, 'I use soap and water')).toBe('right Phrase');
    expect(inShort(soap, 'I use soap')).toBe('wrong OtherOption');
  });

  it('asks for all words that a slash separates', () => {
    const key = 'd) uses / mandolin';
    expect(gradeAgainstKey('the mandolin that she uses', key).verdict).toBe('right');
    expect(gradeAgainstKey('mandolin', key).verdict).toBe('wrong');
  });

  it('tells n from ñ as marks, and any accents of the same letter', () => {
    const marks = choiceOf({ n: 'uno', ñ: 'dos' }, 'ñ', 'es');
    expect(grade(marks, 'n\u0303', 'es')).toMatchObject({ verdict: 'right', option: 'ñ' });
    expect(grade(marks, 'n', 'es')).toMatchObject({ verdict: 'wrong', option: 'n' });
  });

  it('fails a slip that is as near to a distractor', () => {
    const near = choiceOf({ a: 'salt', b: 'malt' }, 'a');
    expect(inShort(near, 'halt')).toBe('unclear NoMatch');
  });

  it('does not take an opposite for a slip', () => {
    expect(gradeAgainstKey('impossible', 'possible').verdict).toBe('wrong');
    expect(gradeAgainstKey('at 5 am', 'at 5 pm').verdict).toBe('wrong');
  });
});

const yesNo = (key: string): Prompt => ({
  ...choiceOf({}, key),
  options: [
    { id: mark('a'), text: byLanguage({ en: 'Yes', es: 'Sí', fr: 'Oui', km: 'បាទ/ចាស' }) },
    { id: mark('b'), text: byLanguage({ en: 'No', es: 'No', fr: 'Non', km: 'ទេ' }) },
  ],
});

describe('yes and no', () => {
  const languages = ['en', 'es', 'fr', 'km'];
  it.each(languages)('%s: a yes of any language is a yes', (language) => {
    for (const reply of ['YES', 'si', 'SÍ', 'sí', 'Oui', 'បាទ', 'ចាស', 'yes, always', 'a) yes'])
      expect(grade(yesNo('a'), reply, language)).toMatchObject({ verdict: 'right', option: 'a' });
  });
  it.each(languages)('%s: a no is one only as the answer itself', (language) => {
    for (const reply of ['no', 'No.', "no, it isn't", 'No thanks', 'ទេ', 'b) no'])
      expect(grade(yesNo('b'), reply, language)).toMatchObject({ verdict: 'right', option: 'b' });
    for (const reply of [
      'I have no idea',
      'no idea',
      'no one knows',
      'no, no sé',
      'yes and no',
      'a) no',
      'yes',
    ])
      expect(grade(yesNo('b'), reply, language).verdict).not.toBe('right');
  });
});

describe('what is stored', () => {
  const store = (type: 'number' | 'yesNo' | 'text'): Prompt => {
    const { slug, messages, maxAttempts } = choiceOf({}, undefined);
    return { slug, messages, maxAttempts, store: { field: 'answer', type } };
  };
  it.each([
    ['number', 'about 20', { verdict: 'ungraded', rule: 'Number', value: 20 }],
    ['number', '1,500', { verdict: 'ungraded', rule: 'Number', value: 1500 }],
    ['number', '២០', { verdict: 'ungraded', rule: 'Number', value: 20 }],
    ['number', '2 or 3', { verdict: 'wrong', rule: 'NotANumber' }],
    ['number', '', { verdict: 'wrong', rule: 'NotANumber' }],
    ['yesNo', 'sí', { verdict: 'ungraded', rule: 'YesNo', value: true }],
    ['yesNo', 'N', { verdict: 'ungraded', rule: 'YesNo', value: false }],
    ['yesNo', 'maybe', { verdict: 'wrong', rule: 'NotYesNo' }],
    ['text', ' Ana ', { verdict: 'ungraded', rule: 'Ungraded', value: ' Ana ' }],
  ] as const)('a %s from %j', (type, reply, expected) =>
    expect(grade(store(type), reply)).toMatchObject(expected),
  );

  it('is the value of the option, its text, or the reply as typed', () => {
    const shift = choiceOf({ a: 'Day', b: 'Night' }, undefined);
    const valued = {
      ...shift,
      options: shift.options?.map((o) => ({ ...o, value: `shift-${o.id}` })),
    } as Prompt;
    expect(grade(valued, 'night')).toMatchObject({
      verdict: 'ungraded',
      rule: 'Exact',
      option: 'b',
      value: 'shift-b',
    });
    expect(grade(shift, 'b')).toMatchObject({ option: 'b', value: 'Night' });
    expect(grade(shift, 'Both!')).toMatchObject({ verdict: 'ungraded', rule: 'NoMatch', value: 'Both!' });
  });
});

describe('the answer that is revealed', () => {
  it('is the mark and text of the right option', () =>
    expect(correctAnswerOf(seconds, lang('en'))).toBe('b) for 20 seconds'));
  it('is the first accepted answer of an open question', () =>
    expect(
      correctAnswerOf(
        { ...choiceOf({}, undefined), answers: byLanguage({ en: ['soap', 'a soap'] }) },
        lang('en'),
      ),
    ).toBe('soap'));
  it('is nothing where nothing is graded', () =>
    expect(correctAnswerOf(choiceOf({ a: 'Day' }, undefined), lang('en'))).toBeUndefined());
});
