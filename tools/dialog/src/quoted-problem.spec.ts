import type { Problem } from '@stopcovid/drills';
import { quotedProblem } from './quoted-problem';

const problem: Problem = {
  severity: 'error',
  file: 'hands.yaml',
  line: 1,
  column: 3,
  code: 'bad-yaml',
  message: 'an error',
};
const files = [{ path: 'hands.yaml', text: '\t\tx\n' }];

it('colours the severity and the caret, and nothing where colours are unwanted', () => {
  const escape = '\u001b[';
  expect(quotedProblem(problem, files, true)).toEqual([
    `hands.yaml:1:3${escape}31m error ${escape}0mbad-yaml an error`,
    `  ${escape}2m1 |${escape}0m \t\tx`,
    `  ${escape}2m  |${escape}0m ${escape}31m\t\t^${escape}0m`,
  ]);
  expect(quotedProblem(problem, files, false).join('')).not.toContain(escape);
});

it('shows no line where there is none', () =>
  expect(quotedProblem({ ...problem, line: 9 }, files, false)).toHaveLength(1));
