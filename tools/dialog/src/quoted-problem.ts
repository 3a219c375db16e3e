import { formatProblem, type Problem, type SourceFile } from '@stopcovid/drills';

/** More of a line than this says nothing more. */
const widest = 96;

type Paint = (text: string, colour: 'red' | 'yellow' | 'faint') => string;
const codes = { red: 31, yellow: 33, faint: 2 } as const;

const plain: Paint = (text) => text;
const coloured: Paint = (text, colour) => `\u001b[${codes[colour]}m${text}\u001b[0m`;

/** What stands at the place, and a caret below it; a long line is shown from shortly before the place. */
const quoted = ({ line, column }: Problem, text: string): readonly [string, string] | undefined => {
  const whole = text.replace(/^\uFEFF/, '').split(/\r?\n/)[line - 1];
  if (whole === undefined || whole.trim() === '') return undefined;
  const from = column > widest - 16 ? column - 17 : 0;
  const shown = whole.slice(from, from + widest);
  const gap = whole.slice(from, column - 1).replace(/[^\t]/g, ' ');
  const [before, after] = [from > 0 ? '…' : '', from + widest < whole.length ? '…' : ''];
  return [`${before}${shown}${after}`, `${before && ' '}${gap}^`];
};

/** A problem in a line, then the line of its file with a caret below the place. */
export const quotedProblem = (
  problem: Problem,
  files: readonly SourceFile[],
  inColour: boolean,
): readonly string[] => {
  const paint = inColour ? coloured : plain;
  const colour = problem.severity === 'error' ? 'red' : 'yellow';
  const said = formatProblem(problem).replace(` ${problem.severity} `, (word) => paint(word, colour));
  const quote = quoted(problem, files.find(({ path }) => path === problem.file)?.text ?? '');
  if (quote === undefined) return [said];
  const margin = String(problem.line);
  return [
    said,
    `  ${paint(`${margin} |`, 'faint')} ${quote[0]}`,
    `  ${paint(`${' '.repeat(margin.length)} |`, 'faint')} ${paint(quote[1], colour)}`,
  ];
};
