import { lintFiles } from './lint';
import { formatProblem } from './problem';

const course = { path: 'course.yaml', text: 'drills: [hands, feet]\n' };
const head = 'languages: [en]\ntitle: Hands\nprompts:\n';
const closing = '  - { slug: bye, messages: Bye }\n';

const said = (files: Readonly<Record<string, string>>): readonly string[] =>
  lintFiles([course, ...Object.entries(files).map(([path, text]) => ({ path, text }))]).problems.map(
    (problem) => formatProblem(problem).split(' ').slice(0, 3).join(' '),
  );

it('a file that is no YAML hides nothing of the others', () => {
  const feet = `${head}  - slug: one\n    messages: Hi {{nam}}\n${closing}`;
  expect(said({ 'feet.yaml': feet, 'hands.yaml': 'languages: [en\ntitle: x\n' })).toEqual([
    'feet.yaml:5:15 error placeholder-unknown',
    expect.stringMatching(/^hands\.yaml:\d+:\d+ error bad-yaml$/),
    ...Array<unknown>(
      said({ 'feet.yaml': feet, 'hands.yaml': 'languages: [en\ntitle: x\n' }).length - 2,
    ).fill(expect.stringContaining('hands.yaml')),
  ]);
});

it('a prompt that cannot be read hides nothing of the others, each at its own place', () => {
  const hands =
    `${head}  - { slug: on e, messages: Hi }\n` +
    '  - slug: two\n    messages: "{{options}}"\n    options: [a) Stop, b) Go on]\n    key: b\n' +
    `  - { slug: three, messages: Ho, maxAttempts: 0 }\n` +
    `  - slug: four\n    messages: Hi {{nam}}\n${closing}`;
  const feet = `${head}${closing}`;
  expect(said({ 'feet.yaml': feet, 'hands.yaml': hands })).toEqual([
    'hands.yaml:4:13 error bad-value',
    'hands.yaml:7:15 error reserved-word',
    'hands.yaml:9:47 error max-attempts',
    'hands.yaml:11:15 error placeholder-unknown',
  ]);
});

it('a drill without a title is judged all the same where it can be', () => {
  const hands = `languages: [en]\nprompts:\n  - slug: one\n    messages: Hi {{nam}}\n${closing}`;
  expect(said({ 'feet.yaml': `${head}${closing}`, 'hands.yaml': hands })).toContain(
    'hands.yaml:4:15 error placeholder-unknown',
  );
});

it.each([
  ['\u00a0', 'NO-BREAK SPACE (U+00A0)'],
  ['\u200b', 'ZERO WIDTH SPACE (U+200B)'],
  ['\u00ad', 'SOFT HYPHEN (U+00AD)'],
  ['\u202e', 'RIGHT-TO-LEFT OVERRIDE (U+202E)'],
])('a character that nobody sees is called by its name: %j', (character, name) => {
  const text = `${head}  - { slug: bye, messages: "By${character}e" }\n`;
  const { problems } = lintFiles([
    { path: 'course.yaml', text: 'drills: [hands]' },
    { path: 'hands.yaml', text },
  ]);
  expect(problems.map(({ code }) => code)).toContain('invisible-character');
  for (const { message } of problems) expect(message).toContain(name);
});

it.each([
  ['a family of emoji', '👩\u200d👩\u200d👧'],
  ['a word of Khmer', 'លាង\u200bដៃ'],
  ['a heart with its selector', '❤️'],
])('what a script is put together with is no stray: %s', (_name, words) => {
  const text = `${head}  - { slug: bye, messages: "${words}" }\n`;
  const { problems } = lintFiles([
    { path: 'course.yaml', text: 'drills: [hands]' },
    { path: 'hands.yaml', text },
  ]);
  expect(problems.map(({ code }) => code)).not.toContain('invisible-character');
});

it('a comment behind what nobody reads is only a comment, and so is one on its own line', () => {
  const text = `languages: [en] # all\ntitle: Hands\n# a note\nprompts:\n  - slug: bye # the end\n    messages: "Room #5" # quoted\n`;
  const { problems } = lintFiles([
    { path: 'course.yaml', text: 'drills: [hands]' },
    { path: 'hands.yaml', text },
  ]);
  expect(problems).toEqual([]);
});

it('marks of a document around the drill are none of a second', () => {
  const text = `---\n${head}${closing}---\n`;
  const { problems } = lintFiles([
    { path: 'course.yaml', text: 'drills: [hands]' },
    { path: 'hands.yaml', text },
  ]);
  expect(problems).toEqual([]);
});
