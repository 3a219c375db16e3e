import type { Flag, Item, Question, Version } from '../answers';
import {
  chosenVersion,
  flagWords,
  gateWords,
  optionBars,
  optionsTable,
  questionSentence,
  ratingSentences,
  versionName,
  versionWords,
} from './drill-model';

const rate = (count: number, of: number, share: number | null = count / of) => ({
  count,
  of,
  share,
  interval: null,
});

const item = (fields: Partial<Item> = {}): Item => ({
  grade: 'full',
  answers: 200,
  complete: 150,
  facility: rate(120, 200),
  options: [
    { option: 'a', picked: rate(70, 200) },
    { option: 'b', picked: rate(120, 200) },
    { option: null, picked: rate(10, 200) },
  ],
  flags: [],
  ...fields,
});

const question = (prompt: string, fields: Partial<Question> = {}): Question => ({
  prompt,
  reached: 200,
  answered: 200,
  rightInTheEnd: rate(180, 200),
  afterReminder: rate(0, 200),
  unclear: 0,
  ended: 0,
  seconds: { median: null, p90: null },
  ...fields,
});

const version = (fields: Partial<Version> = {}): Version => ({
  revision: 'a'.repeat(64),
  language: 'en',
  runs: 200,
  questions: [question('how-long', { answered: 150 }), question('why', { reached: 150, answered: 140 })],
  ...fields,
});

describe('the versions of a drill', () => {
  const [english, spanish] = [version(), version({ language: 'es', runs: 20 })];

  it('are chosen by the address, else by their runs', () => {
    expect(chosenVersion([spanish, english], undefined)).toBe(english);
    expect(chosenVersion([spanish, english], versionName(spanish))).toBe(spanish);
    expect(chosenVersion([], 'x')).toBeUndefined();
  });

  it('are told apart by language, and by content where that differs', () => {
    expect(versionWords(spanish, [english, spanish])).toBe('Spanish (20 runs)');
    const other = version({ revision: 'b'.repeat(64), runs: 1 });
    expect(versionWords(other, [english, other])).toBe('English, content bbbbbb (1 run)');
  });
});

describe('a question', () => {
  it('says how it was answered, how fast, and what came only later', () =>
    expect(
      questionSentence(
        question('why', {
          item: item(),
          seconds: { median: 34, p90: 720 },
          afterReminder: rate(12, 200),
          unclear: 3,
        }),
      ),
    ).toBe(
      '60% right at the first attempt (120 of 200). Half answered within 34 s, nine in ten within 12 min. ' +
        '12 of 200 answered only after a reminder. 3 answers could not be read as any option.',
    ));

  it('says counts alone where too few answered, and nothing of right where nothing is', () => {
    const few = item({ grade: 'countsOnly', facility: rate(1, 1, null) });
    expect(questionSentence(question('why', { item: few }))).toBe('1 of 1 right at the first attempt.');
    expect(questionSentence(question('why', { answered: 1 }))).toBe('1 answer; none is right or wrong here.');
  });

  it('shows each option, also answers that named none', () => {
    expect(optionBars(item(), 'b')).toEqual([
      { label: 'Option a', isRight: false, count: 70, value: '35% (70)' },
      { label: 'Option b ✓ right', isRight: true, count: 120, value: '60% (120)' },
      { label: 'None of the options', isRight: false, count: 10, value: '5% (10)' },
    ]);
    expect(optionBars(item({ options: [{ option: 'a', picked: rate(1, 3, null) }] }), undefined)).toEqual([
      { label: 'Option a', isRight: false, count: 1, value: '1 of 3' },
    ]);
    expect(optionsTable('masks', question('why', { key: 'b' }), item()).rows.slice(1)).toEqual([
      ['b', 'yes', 120, 200, '60%'],
      ['none of the options', null, 10, 200, '5%'],
    ]);
  });

  it.each([
    ['countsOnly', 'Fewer than 10 answers: counts only.'],
    ['ratesOnly', 'Fewer than 30 completed runs: shares only, and no advice yet.'],
    ['provisional', 'Fewer than 100 completed runs: too few for advice.'],
    ['full', undefined],
  ] as const)('says what may not be said of it yet: %s', (grade, said) =>
    expect(gateWords(item({ grade }))).toBe(said),
  );

  it.each<[Flag, RegExp]>([
    [
      { flag: 'checkTheKey', option: null },
      /Check which answer counts as right: those who know the rest tend/,
    ],
    [{ flag: 'checkTheKey', option: 'c' }, /rather pick option c/],
    [{ flag: 'deadOption', option: 'd' }, /Hardly anybody picks option d/],
    [{ flag: 'weak' }, /hardly tells/],
    [{ flag: 'tooEasy' }, /Nearly everybody/],
    [{ flag: 'tooHard' }, /by guessing/],
  ])('has plain words for what an author should look at: %j', (flag, said) =>
    expect(flagWords(flag)).toMatch(said),
  );
});

describe('what people say of themselves', () => {
  const unasked = {
    confidence: { pairs: 0, before: null, after: null, lift: null },
    satisfaction: { of: 0, mean: null },
  };
  const confidence = { pairs: 40, before: 0.5, after: 0.75, lift: 0.25 };

  it('is told where a drill asks for it, with who said it', () => {
    expect(ratingSentences({ confidence, satisfaction: { of: 38, mean: 0.9 } })).toEqual([
      'How sure they are, of 100: 50 before, 75 after (+25), of 40 people.',
      'How content they are, of 100: 90, of 38 people.',
    ]);
    expect(ratingSentences(unasked)).toEqual([]);
  });

  it('has no means of a few', () =>
    expect(
      ratingSentences({
        ...unasked,
        confidence: { ...unasked.confidence, pairs: 3 },
        satisfaction: { of: 1, mean: null },
      }),
    ).toEqual([
      'How sure they are before and after: 3 people said it; means are shown from ten on.',
      'How content they are: 1 person said it; means are shown from ten on.',
    ]));

  it('may be less after than before', () =>
    expect(
      ratingSentences({ ...unasked, confidence: { ...confidence, after: 0.4, lift: -0.1 } })[0],
    ).toContain('(−10)'));
});
