import { closing, drill, given, options, question, type BrokenDrill } from './broken.testkit';

/** What is asked, and how answers are told apart. */
export const brokenQuestions: readonly BrokenDrill[] = [
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
];
