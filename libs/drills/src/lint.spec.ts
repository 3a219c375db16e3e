import { compileKeywords, defaultKeywords, type Verdict } from '@stopcovid/dialog-core';
import { assets, both, course, drill, options, question } from './broken.testkit';
import { brokenCourses, brokenSentences, sound } from './broken-courses.testkit';
import { brokenPaths } from './broken-paths.testkit';
import { brokenQuestions } from './broken-questions.testkit';
import { brokenTexts } from './broken-texts.testkit';
import { checkAnswers } from './checks/answers';
import { readDrill } from './drill-file';
import { lintFiles } from './lint';
import { formatProblem } from './problem';
import { problemCodes, type ProblemCode } from './problem-codes';
import { parseSource } from './source';

const fail = (): never => {
  throw new Error('the drill should be sound');
};

const cases = [...brokenTexts, ...brokenQuestions, ...brokenPaths];

it.each(cases)('$code: $name', ({ code, text, at }) => {
  const { problems, catalogue } = lintFiles([course, { path: 'hands.yaml', text }], assets);
  const found = problems.map((p) => `${p.code} ${p.severity} ${p.file}:${p.line}:${p.column}`);
  expect(found).toContain(`${code} ${problemCodes[code].severity} hands.yaml:${at}`);
  expect(catalogue === undefined).toBe(problems.some(({ severity }) => severity === 'error'));
});

it.each(brokenCourses)('%s in the course: %s', (...[code, , text, place]) => {
  const { problems } = lintFiles([{ path: 'course.yaml', text }, sound]);
  expect(problems.map((p) => `${p.code} ${p.file}:${p.line}:${p.column}`)).toEqual([`${code} ${place}`]);
});

it.each(brokenSentences)('%s in the sentences of our own', (code, sentence) => {
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
    ...brokenCourses.map(([code]) => code),
    ...brokenSentences.map(([code]) => code),
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
