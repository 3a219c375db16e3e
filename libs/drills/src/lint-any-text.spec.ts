import fc from 'fast-check';
import { assets, course, drill, options, question } from './broken.testkit';
import { lintFiles } from './lint';

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
