import type { Language } from '@stopcovid/contracts';
import type { ProblemCode, Severity } from './problem-codes';

/** A place in a file; lines and columns count from 1. */
export type Position = { readonly line: number; readonly column: number };

/** Something that lint found: what, where, in which prompt and language. */
export type Problem = Position & {
  readonly severity: Severity;
  readonly file: string;
  readonly prompt?: string;
  readonly language?: Language;
  readonly code: ProblemCode;
  readonly message: string;
};

/** One line for a person: `hands.yaml:12:7 error wrong-option-passes [how-long, es] …`. */
export const formatProblem = (problem: Problem): string => {
  const context = [problem.prompt, problem.language].filter((part) => part !== undefined).join(', ');
  const place = `${problem.file}:${problem.line}:${problem.column}`;
  return `${place} ${problem.severity} ${problem.code}${context && ` [${context}]`} ${problem.message}`;
};

/** Steps from a drill's content down to one of its values, such as `['prompts', 0, 'slug']`. */
export type Path = readonly (string | number)[];

/** A problem that is known by the content it concerns; lint adds the file and the position. */
export type Finding = {
  readonly code: ProblemCode;
  readonly path: Path;
  readonly message: string;
  readonly language?: Language | undefined;
  /** Where it differs from the code's usual severity. */
  readonly severity?: Severity;
};
