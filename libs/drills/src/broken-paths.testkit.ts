import { closing, drill, given, options, question, type BrokenDrill } from './broken.testkit';

/** What is stored of answers, where they lead, how a drill ends, and what else it needs. */
export const brokenPaths: readonly BrokenDrill[] = [
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
