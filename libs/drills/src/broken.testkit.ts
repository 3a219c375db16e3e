import type { LintOptions } from './check-drill';
import type { ProblemCode } from './problem-codes';

/** Of what drill files and courses are made in the tables of what is broken. */
export const course = { path: 'course.yaml', text: 'drills: [hands]\n' };
export const drill = (prompts: string, head = 'languages: [en]\ntitle: Hands\n'): string =>
  `${head}prompts:\n${prompts}`;
export const closing = '  - { slug: bye, messages: Bye }\n';
export const question = (fields: string): string =>
  `  - slug: one\n    messages: "{{options}}"\n${fields}${closing}`;
export const both = 'languages: [en, es]\ntitle: { en: Hands, es: Manos }\n';
export const options = '    options: [a) for 5 seconds, b) for 20 seconds]\n';

export const assets: LintOptions = { assets: new Set(['hands.png', 'soap.svg']) };

/** A drill file with one thing amiss: the code that is to be found, and its line and column. */
export type BrokenDrill = {
  readonly code: ProblemCode;
  readonly name: string;
  readonly text: string;
  readonly at: string;
};
export const given = (
  ...[code, name, text, at]: readonly [ProblemCode, string, string, string]
): BrokenDrill => ({
  code,
  name,
  text,
  at,
});
