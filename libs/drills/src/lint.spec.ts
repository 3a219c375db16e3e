import { compileKeywords, defaultKeywords, type Verdict } from '@stopcovid/dialog-core';
import fc from 'fast-check';
import { checkAnswers } from './checks/answers';
import { readDrill } from './drill-file';
import type { LintOptions } from './check-drill';
import { lintFiles } from './lint';
import { formatProblem } from './problem';
import { problemCodes, type ProblemCode } from './problem-codes';
import { parseSource } from './source';

const fail = (): never => {
  throw new Error('the drill should be sound');
};

const course = { path: 'course.yaml', text: 'drills: [hands]\n' };
const drill = (prompts: string, head = 'languages: [en]\ntitle: Hands\n'): string =>
  `${head}prompts:\n${prompts}`;
const closing = '  - { slug: bye, messages: Bye }\n';
const question = (fields: string): string =>
  `  - slug: one\n    messages: "{{options}}"\n${fields}${closing}`;
const both = 'languages: [en, es]\ntitle: { en: Hands, es: Manos }\n';
const options = '    options: [a) for 5 seconds, b) for 20 seconds]\n';

type Case = { readonly code: ProblemCode; readonly name: string; readonly text: string; readonly at: string };
const given = (...[code, name, text, at]: readonly [ProblemCode, string, string, string]): Case => ({
  code,
  name,
  text,
  at,
});

const cases: readonly Case[] = [
  given('file-too-large', 'a file over 256 KiB', `# ${'x'.repeat(262_144)}`, '1:1'),
  given('bad-encoding', 'a file that is not UTF-8', 'title: \uFFFD', '1:1'),
  given('bad-yaml', 'a list that is never closed', 'languages: [en\ntitle: x\n', '2:1'),
  given('bad-yaml', 'a field given twice', 'languages: [en]\nlanguages: [es]\n', '2:1'),
  given('bad-yaml', 'an empty file', '', '1:1'),
  given('bad-yaml', 'what is nested without end', '['.repeat(100_000), '1:1'),
  given('second-document', 'a document behind the drill', `${drill(closing)}---\ntitle: lost\n`, '6:1'),
  given(
    'text-cut-short',
    'a text with a number sign',
    drill('  - slug: one\n    messages: Press # to go on\n'),
    '5:15',
  ),
  given(
    'text-cut-short',
    'an option with a number sign',
    drill(question('    options:\n      - a) Room #5\n      - "b) Room #6"\n')),
    '7:9',
  ),
  given(
    'invisible-character',
    'a no-break space in an option',
    drill(question('    options: [a) 20\u00a0seconds, b) never]\n')),
    '6:15',
  ),
  given(
    'reserved-word',
    'a word of the menu as an option',
    drill(question('    options: [a) Info, b) Nothing]\n')),
    '6:15',
  ),
  given(
    'media-type',
    'a page instead of its picture',
    drill('  - slug: one\n    messages: { media: "https://example.org/soap.html?size=big" }\n'),
    '5:24',
  ),
  given('alias', 'an alias', 'languages: &l [en]\nother: *l\n', '1:15'),
  given('alias', 'a tag', 'languages: !!set [en]\n', '1:18'),
  given('wrong-type', 'a list of nothing but names', '- a\n- b\n', '1:1'),
  given(
    'wrong-type',
    'one text in a drill of two languages',
    drill('  - { slug: one, messages: Hi }\n', both),
    '4:28',
  ),
  given(
    'unknown-field',
    'a field that is misspelt',
    drill('  - { slug: one, mesages: Hi, messages: Hi }\n'),
    '4:18',
  ),
  given('missing-field', 'no languages', 'title: x\nprompts: []\n', '1:1'),
  given('missing-field', 'a prompt without a name', drill('  - messages: Hi\n'), '4:5'),
  given('bad-value', 'a name with a blank', drill('  - { slug: on e, messages: Hi }\n'), '4:13'),
  given('bad-value', 'an option without its mark', drill(question('    options: [yellow]\n')), '6:15'),
  given('empty-text', 'an empty text', drill('  - slug: one\n    messages: ""\n'), '5:15'),
  given(
    'empty-text',
    'an empty list of answers',
    drill(`  - slug: one\n    messages: Hi\n    answers: []\n${closing}`),
    '6:14',
  ),
  given(
    'empty-text',
    'an answer of punctuation',
    drill(`  - slug: one\n    messages: Hi\n    answers: ["?!"]\n${closing}`),
    '6:15',
  ),
  given('empty-drill', 'a drill without prompts', 'languages: [en]\ntitle: x\nprompts: []\n', '3:10'),
  given(
    'max-attempts',
    'no attempt at all',
    drill(question(`${options}    key: b\n    maxAttempts: 0\n`)),
    '8:18',
  ),
  given(
    'missing-language',
    'a text not translated',
    drill('  - slug: one\n    messages: { en: Hi }\n', both),
    '5:15',
  ),
  given(
    'missing-language',
    'options not translated',
    drill(
      question('    options: { en: [a) Ann] }\n')
        .replace('"{{options}}"', '{ en: Hi, es: Ay }')
        .replace('Bye', '{ en: Bye, es: Ay }'),
      both,
    ),
    '6:14',
  ),
  given(
    'undeclared-language',
    'a language that is not listed',
    drill('  - slug: one\n    messages: { en: Hi, fr: Salut }\n'),
    '5:25',
  ),
  given(
    'languages-disagree',
    'another key in Spanish',
    drill(
      `  - slug: one\n    messages: { en: Hi, es: Ay }\n    key: { en: a, es: b }\n    options: { en: [a) one, b) two], es: [a) uno, b) dos] }\n${closing.replace('Bye', '{ en: Bye, es: Ay }')}`,
      both,
    ),
    '6:10',
  ),
  given(
    'languages-disagree',
    'an option more in Spanish',
    drill(
      `  - slug: one\n    messages: { en: Hi, es: Ay }\n    options: { en: [a) one], es: [a) uno, b) dos] }\n${closing.replace('Bye', '{ en: Bye, es: Ay }')}`,
      both,
    ),
    '6:34',
  ),
  given(
    'language-without-copy',
    'a language without copy',
    drill(closing, 'languages: [xx]\ntitle: Hands\n'),
    '1:13',
  ),
  given(
    'placeholder-unknown',
    'a placeholder that nobody fills',
    drill('  - slug: one\n    messages: Hi {{nam}}\n'),
    '5:15',
  ),
  given(
    'placeholder-unknown',
    'an original label',
    drill('  - slug: one\n    messages: c) {{your_fingers}}\n'),
    '5:15',
  ),
  given('placeholder-malformed', 'a calculation', drill('  - slug: one\n    messages: Hi {{7*7}}\n'), '5:15'),
  given('placeholder-malformed', 'a single brace', drill('  - slug: one\n    messages: Hi {name}\n'), '5:15'),
  given(
    'placeholder-malformed',
    'a statement',
    drill('  - slug: one\n    messages: Hi {% if x %}\n'),
    '5:15',
  ),
  given(
    'placeholder-malformed',
    'a placeholder cut short',
    drill('  - slug: one\n    messages: Hi {{name\n'),
    '5:15',
  ),
  given(
    'text-too-long',
    'a text over 1,600 characters',
    drill(`  - slug: one\n    messages: ${'word '.repeat(321)}x\n`),
    '5:15',
  ),
  given('ucs2-surprise', 'one curly apostrophe', drill('  - slug: one\n    messages: Let’s go\n'), '5:15'),
  given('duplicate-prompt', 'two prompts of one name', drill(closing + closing), '5:13'),
  given(
    'duplicate-option',
    'two options of one id',
    drill(question('    options: [a) one, a) two]\n')),
    '6:23',
  ),
  given(
    'duplicate-option',
    'two options of one text',
    drill(question('    options: [a) one, b) one]\n')),
    '6:23',
  ),
  given(
    'too-many-options',
    'over 20 options',
    drill(
      question(`    options: [${Array.from({ length: 21 }, (_, i) => `${i + 1}) word${i}`).join(', ')}]\n`),
    ),
    '6:14',
  ),
  given('key-unknown', 'a key that is no option', drill(question(`${options}    key: c\n`)), '7:10'),
  given('key-unknown', 'a key without options', drill(question('    key: c\n')), '6:10'),
  given(
    'key-and-answers',
    'a key and answers',
    drill(question(`${options}    key: b\n    answers: [x]\n`)),
    '7:10',
  ),
  given(
    'last-prompt-asks',
    'a graded last prompt',
    drill('  - { slug: hi, messages: Hi }\n  - { slug: one, messages: Hi, answers: [x] }\n'),
    '5:5',
  ),
  given(
    'last-prompt-asks',
    'a storing last prompt',
    drill('  - { slug: hi, messages: Hi }\n  - { slug: one, messages: Hi, store: name }\n'),
    '5:5',
  ),
  given(
    'right-option-fails',
    'a right text that is the mark of another',
    drill(question('    options: [a) b, b) a]\n    key: b\n')),
    '6:21',
  ),
  given(
    'option-misread',
    'an option that cannot be told from another',
    drill(question('    options: [a) b, b) c]\n    store: choice\n')),
    '6:15',
  ),
  given(
    'reserved-word',
    'a carrier word as an option',
    drill(question('    options: [a) Stop, b) Go on]\n    key: b\n')),
    '6:15',
  ),
  given(
    'reserved-word',
    'a request to stop as an option',
    drill(question('    options: [a) Please stop it, b) Go on]\n    key: b\n')),
    '6:15',
  ),
  given(
    'reserved-word',
    'an opt-in word as an answer',
    drill(`  - slug: one\n    messages: Hi\n    answers: [start]\n${closing}`),
    '6:15',
  ),
  given(
    'opt-in-word',
    'YES as an answer',
    drill(`  - slug: one\n    messages: Hi\n    answers: ["Yes"]\n${closing}`),
    '6:15',
  ),
  given(
    'language-value',
    'a language that nobody knows',
    drill(question('    options:\n      - { id: a, text: Elvish, value: q }\n    store: language\n')),
    '7:9',
  ),
  given(
    'other-answers',
    'other answers where none is stored',
    drill(question('    options: [a) one, b) two]\n    other: true\n')),
    '7:12',
  ),
  given(
    'other-answers',
    'other answers where there are no options',
    drill(`  - slug: one\n    messages: Where?\n    store: place\n    other: true\n${closing}`),
    '7:12',
  ),
  given(
    'other-answers',
    'other answers to what is right or wrong',
    drill(question('    options: [a) one, b) two]\n    key: a\n    store: choice\n    other: true\n')),
    '9:12',
  ),
  given(
    'other-answers',
    'other answers that are no time zone',
    drill(
      question(
        '    options: [{ id: a, text: Eastern, value: America/New_York }]\n    store: timeZone\n    other: true\n',
      ),
    ),
    '8:12',
  ),
  given(
    'bad-value',
    'other answers that are neither taken nor not',
    drill(question('    options: [a) one, b) two]\n    store: choice\n    other: perhaps\n')),
    '8:12',
  ),
  given(
    'zone-value',
    'an option that is an abbreviation',
    drill(question('    options:\n      - { id: a, text: Eastern, value: EST }\n    store: timeZone\n')),
    '7:9',
  ),
  given(
    'zone-value',
    'an option without its zone',
    drill(question('    options: [a) Eastern]\n    store: timeZone\n')),
    '6:15',
  ),
  given(
    'schedule-question',
    'a zone without options',
    drill(`  - slug: one\n    messages: Where?\n    store: timeZone\n${closing}`),
    '6:12',
  ),
  given(
    'schedule-question',
    'days and a time as options',
    drill(question('    options: [a) mornings, b) evenings]\n    store: delivery\n')),
    '7:12',
  ),
  given(
    'schedule-question',
    'a zone that is right',
    drill(
      question(
        '    options: [{ id: a, text: Eastern, value: America/New_York }]\n    key: a\n    store: timeZone\n',
      ),
    ),
    '8:12',
  ),
  given(
    'placeholder-unset',
    'a time that nobody is asked for',
    drill(`  - slug: one\n    messages: Hi\n${closing.replace('Bye', '"At {{preferredTime}}"')}`),
    '6:28',
  ),
  given(
    'profile-field',
    'days and a time as a mere text',
    drill(`  - slug: one\n    messages: When?\n    store: { field: delivery, type: text }\n${closing}`),
    '6:21',
  ),
  given(
    'profile-field',
    'days and a time in a field of its own',
    drill(`  - slug: one\n    messages: When?\n    store: { field: wish, type: when }\n${closing}`),
    '6:21',
  ),
  given(
    'profile-field',
    'a time by the name of the field that it is kept in',
    drill(`  - slug: one\n    messages: When?\n    store: preferredTime\n${closing}`),
    '6:12',
  ),
  given(
    'profile-field',
    'a field of our own',
    drill(`  - slug: one\n    messages: Hi\n    store: optedOut\n${closing}`),
    '6:12',
  ),
  given(
    'profile-field',
    'a field that every object has',
    drill(`  - slug: one\n    messages: Hi\n    store: constructor\n${closing}`),
    '6:12',
  ),
  given(
    'next-unknown',
    'a prompt that does not exist',
    drill(`  - slug: one\n    messages: Hi\n    next: bie\n${closing}`),
    '6:11',
  ),
  given(
    'next-unknown',
    'an option that does not exist',
    drill(question(`${options}    next: { options: { z: bye } }\n`)),
    '7:27',
  ),
  given(
    'next-backwards',
    'a loop',
    drill(`  - slug: one\n    messages: Hi\n    next: one\n${closing}`),
    '6:11',
  ),
  given(
    'next-outcome',
    'right in a prompt without a key',
    drill(`  - slug: one\n    messages: Hi\n    next: { right: bye }\n${closing}`),
    '6:20',
  ),
  given(
    'prompt-unreachable',
    'a prompt that is jumped over',
    drill(`  - { slug: one, messages: Hi, next: bye }\n  - { slug: two, messages: Ho }\n${closing}`),
    '5:5',
  ),
  given(
    'quiet-end',
    'a quiet drill of one question',
    drill(
      '  - { slug: one, messages: Name?, store: name }\n',
      'languages: [en]\ntitle: Hands\nending: quiet\n',
    ),
    '5:5',
  ),
  given(
    'quiet-end',
    'a quiet drill that a reply may end',
    drill(
      question(`${options}    store: how\n    next: { options: { a: end } }\n`),
      'languages: [en]\ntitle: Hands\nending: quiet\n',
    ),
    '9:27',
  ),
  given(
    'pass-mark',
    'a pass mark that nobody can reach',
    drill(question(`${options}    key: b\n`), 'languages: [en]\ntitle: Hands\npassMark: 101\n'),
    '3:11',
  ),
  given(
    'pass-mark',
    'a pass mark where nothing is graded',
    drill(closing, 'languages: [en]\ntitle: Hands\npassMark: 80\n'),
    '3:11',
  ),
  given(
    'no-scale',
    'a question on a scale that is graded',
    drill(question(`${options}    key: b\n    asks: satisfaction\n`)),
    '8:11',
  ),
  given(
    'no-scale',
    'a question on a scale whose options are no numbers',
    drill(question(`${options}    store: sure\n    asks: confidence-before\n`)),
    '8:11',
  ),
  given(
    'bad-value',
    'a question on a scale that there is not',
    drill(question(`${options}    store: sure\n    asks: mood\n`)),
    '8:11',
  ),
  given(
    'bad-value',
    'a word where only true or false is one',
    drill(closing, 'languages: [en]\ntitle: Hands\ntellRegraded: perhaps\n'),
    '3:15',
  ),
  given(
    'bad-value',
    'an ending that there is not',
    drill(closing, 'languages: [en]\ntitle: Hands\nending: loud\n'),
    '3:9',
  ),
  given(
    'options-not-shown',
    'options that nobody sees',
    drill(question(`${options}    key: b\n`).replace('"{{options}}"', 'Hi')),
    '6:14',
  ),
  given(
    'media-insecure',
    'a picture over plain http',
    drill('  - slug: one\n    messages: { media: "http://example.org/a.png" }\n'),
    '5:24',
  ),
  given(
    'media-insecure',
    'a path out of assets',
    drill('  - slug: one\n    messages: { media: ../a.png }\n'),
    '5:24',
  ),
  given(
    'media-missing',
    'a picture that is not there',
    drill('  - slug: one\n    messages: { media: hand.png }\n'),
    '5:24',
  ),
  given(
    'media-type',
    'a drawing that phones cannot show',
    drill('  - slug: one\n    messages: { media: soap.svg }\n'),
    '5:24',
  ),
];

const assets: LintOptions = { assets: new Set(['hands.png', 'soap.svg']) };

it.each(cases)('$code: $name', ({ code, text, at }) => {
  const { problems, catalogue } = lintFiles([course, { path: 'hands.yaml', text }], assets);
  const found = problems.map((p) => `${p.code} ${p.severity} ${p.file}:${p.line}:${p.column}`);
  expect(found).toContain(`${code} ${problemCodes[code].severity} hands.yaml:${at}`);
  expect(catalogue === undefined).toBe(problems.some(({ severity }) => severity === 'error'));
});

const sound = { path: 'hands.yaml', text: drill(closing) };
const courses: readonly (readonly [ProblemCode, string, string, string])[] = [
  ['course-unknown-drill', 'a drill that does not exist', 'drills: [hands, feet]\n', 'course.yaml:1:17'],
  [
    'course-unknown-drill',
    'a keyword of a drill that does not exist',
    'drills: [hands]\nkeywords: { feet: [toe] }\n',
    'course.yaml:2:13',
  ],
  ['duplicate-drill', 'a drill given twice', 'drills: [hands, hands]\n', 'course.yaml:1:17'],
  ['drill-not-in-course', 'a drill that is left out', 'drills: []\n', 'hands.yaml:1:1'],
  [
    'keyword-taken',
    'a keyword of consent',
    'drills: [hands]\nkeywords: { hands: [stop] }\n',
    'course.yaml:2:21',
  ],
  [
    'keyword-taken',
    'a keyword that opts in',
    'drills: [hands]\nkeywords: { hands: [unstop] }\n',
    'course.yaml:2:21',
  ],
  ['missing-field', 'no list of drills', 'keywords: { hands: [manos] }\n', 'course.yaml:1:1'],
  ['bad-value', 'a drill that is no name', 'drills: [Hands!, hands]\n', 'course.yaml:1:10'],
  ['wrong-type', 'a title in no language', 'drills: [hands]\ntitle: Hands\n', 'course.yaml:2:8'],
  [
    'missing-language',
    'a title without a language of its drills',
    'drills: [hands]\ntitle: { es: Manos }\n',
    'course.yaml:2:8',
  ],
  ['empty-text', 'a title of blanks', 'drills: [hands]\ntitle: { en: " " }\n', 'course.yaml:2:14'],
  [
    'bad-value',
    'a title in a language that is none',
    'drills: [hands]\ntitle: { en: Hands, spanish: Manos }\n',
    'course.yaml:2:21',
  ],
  [
    'bad-value',
    'a title that fits in no text',
    `drills: [hands]\ntitle: { en: ${'x'.repeat(101)} }\n`,
    'course.yaml:2:14',
  ],
  [
    'empty-text',
    'a keyword of punctuation',
    'drills: [hands]\nkeywords: { hands: ["!"] }\n',
    'course.yaml:2:21',
  ],
];

it.each(courses)('%s in the course: %s', (...[code, , text, place]) => {
  const { problems } = lintFiles([{ path: 'course.yaml', text }, sound]);
  expect(problems.map((p) => `${p.code} ${p.file}:${p.line}:${p.column}`)).toEqual([`${code} ${place}`]);
});

const copies: readonly (readonly [ProblemCode, string])[] = [
  ['copy-incomplete', 'praise: { vi: Yes }'],
  ['copy-lacks-placeholder', 'reveal: { en: Another one. }'],
  ['copy-word-unheard', 'moreWord: { en: FURTHER }'],
  ['copy-costs-more', `thanks: { en: ${'welcome '.repeat(45)} }`],
];

it.each(copies)('%s in the sentences of our own', (code, sentence) => {
  const { problems } = lintFiles([course, sound, { path: 'copy.yaml', text: `sentences: { ${sentence} }` }]);
  expect(problems.map((problem) => `${problem.file} ${problem.code}`)).toEqual([`copy.yaml ${code}`]);
});

const alone: readonly ProblemCode[] = [
  'drip-unknown-drill',
  'course-missing',
  'wrong-option-passes',
  'schedule-unlikely',
];

it('would refuse a grader that lets a wrong option pass', () => {
  const text = drill(question(`${options}    key: b\n`));
  const content = readDrill(parseSource(text).tree ?? fail(), 'hands').content ?? fail();
  const grade = (): Verdict => ({ verdict: 'right', rule: 'Fuzzy' });
  const found = checkAnswers(content, { keywords: compileKeywords(defaultKeywords), grade });
  expect(found.map(({ code, path }) => `${code} ${path.join('/')}`)).toEqual([
    'wrong-option-passes prompts/0/options/0/text/en',
  ]);
});

it('warns of a schedule that is probably not meant', () => {
  const schedule = { path: 'schedule.yaml', text: "window: { opens: '08:00', closes: '06:00' }" };
  expect(lintFiles([course, sound, schedule]).problems.map(({ code }) => code)).toEqual([
    'schedule-unlikely',
  ]);
});

it('refuses a drip that leads to no drill', () => {
  const steps = '{ first: { days: 1, drill: gloves } }';
  const drips = { path: 'drips.yaml', text: `welcome: { from: hired, time: '10:00', steps: ${steps} }` };
  expect(lintFiles([course, sound, drips]).problems.map(({ code }) => code)).toEqual(['drip-unknown-drill']);
});

it('asks for a course', () => {
  expect(lintFiles([sound]).problems.map(({ code }) => code)).toEqual(['course-missing']);
});

it('refuses two files that hold a drill of one name', () => {
  const again = { path: 'z.yaml', text: `slug: hands\n${sound.text}` };
  const { problems } = lintFiles([course, sound, again]);
  expect(problems.map(formatProblem)).toEqual([
    "z.yaml:1:7 error duplicate-drill the drill 'hands' is already in hands.yaml",
  ]);
});

it('refuses a directory of more than 500 files unread', () => {
  const files = Array.from({ length: 501 }, (_, index) => ({ path: `f${index}.yaml`, text: '' }));
  expect(lintFiles(files).problems.map(({ code }) => code)).toEqual(['file-too-large']);
});

it('has a broken file in these tables for every code, but for what only a directory can lack', () => {
  const shown = new Set<string>([
    ...cases.map(({ code }) => code),
    ...courses.map(([code]) => code),
    ...copies.map(([code]) => code),
    ...alone,
  ]);
  expect(Object.keys(problemCodes).filter((code) => !shown.has(code))).toEqual(['file-unreadable']);
});

it('names the place, the prompt and the language, and suggests the nearest name', () => {
  const text = drill('  - slug: one\n    messages: { en: Hi, es: "Ay {{nam}}" }\n    stor: name\n', both);
  expect(lintFiles([course, { path: 'hands.yaml', text }]).problems.map(formatProblem)).toEqual([
    "hands.yaml:5:29 error placeholder-unknown [one, es] {{nam}} is never filled in (did you mean 'name'?); there are name, company, options, position, of, deliveryDays, preferredTime, timeZone",
    "hands.yaml:6:5 error unknown-field [one] 'stor' is not a field here (did you mean 'store'?)",
  ]);
});

it('says which character makes a text cost more, and what would do instead', () => {
  const text = drill(`  - slug: one\n    messages: ${'It’s clean. '.repeat(12)}\n`);
  expect(lintFiles([course, { path: 'hands.yaml', text }]).problems.map(({ message }) => message)).toEqual([
    "'’' (U+2019), for which ' would do: the only characters outside GSM-7, 3 segments instead of 1",
  ]);
});

it('is not surprised by letters that a language is written with', () => {
  const text = drill('  - { slug: one, messages: "¿Cuántas más?" }\n', 'languages: [es]\ntitle: Manos\n');
  expect(lintFiles([course, { path: 'hands.yaml', text }]).problems).toEqual([]);
});

it('takes a graded question in a drill of one prompt, since its reply is awaited', () => {
  const text = drill('  - { slug: one, messages: How many?, answers: ["20"] }\n');
  expect(lintFiles([course, { path: 'hands.yaml', text }]).problems).toEqual([]);
});

it('says nothing of what a broken drill file would have answered to the course', () => {
  const { problems } = lintFiles([course, { path: 'hands.yaml', text: ': [' }]);
  expect(new Set(problems.map(({ file }) => file))).toEqual(new Set(['hands.yaml']));
});

const words = [
  'languages: [en]\n',
  'prompts:\n',
  '  - slug: a\n',
  '    messages: ',
  '{{',
  '}}',
  'options:',
  '[a) x]',
  'key: a\n',
  '&a ',
  '*a',
  '!!map',
  '"',
  '\t',
  '\r\n',
  '\uFEFF',
  'next: ',
  'en: ',
  '- ',
  '{',
  '\u0000',
  '\ud800',
];
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom(...words), { maxLength: 40 }).map((parts) => parts.join('')),
  fc.json(),
);

it('answers any text with a report and never throws', () => {
  fc.assert(
    fc.property(anyText, anyText, (a, b) => {
      const { problems, catalogue } = lintFiles([
        { path: 'course.yaml', text: a },
        { path: 'b.yaml', text: b },
      ]);
      expect(problems.length > 0 || catalogue !== undefined).toBe(true);
      for (const { line, column } of problems) expect(Math.min(line, column)).toBeGreaterThan(0);
    }),
    { numRuns: 150 },
  );
});

it('answers any change of a sound drill with a report and never throws', () => {
  const whole = drill(
    question(`${options}    key: b\n    store: choice\n    next: { right: bye, options: { a: end } }\n`),
  );
  fc.assert(
    fc.property(fc.nat(whole.length), fc.nat(20), anyText, (from, length, patch) => {
      const text = whole.slice(0, from) + patch + whole.slice(from + length);
      lintFiles([course, { path: 'hands.yaml', text }], assets);
    }),
    { numRuns: 150 },
  );
});
