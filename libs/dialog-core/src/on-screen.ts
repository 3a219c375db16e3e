import type { AskedPrompt } from '@stopcovid/contracts';

/** A small phone with its keyboard open, without the lines of a reply and of what we say to it. */
const screen = { lines: 8, columns: 32 };
/** A wrong reply and our answer to it, which stand below the question from then on. */
const linesPerTry = 3;

const linesOf = (text: string): number =>
  text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / screen.columns)), 0);

const placeOfOptions = /\{\{\s*options\s*\}\}/;

/** What the trainee has seen from the options on; all of the question where nothing says where they stand. */
const sinceOptions = ({ messages }: AskedPrompt): AskedPrompt['messages'] => {
  const at = messages.findLastIndex(({ text = '' }) => placeOfOptions.test(text));
  const [shown, ...after] = messages.slice(at);
  if (at === -1 || shown === undefined) return messages;
  return [{ ...shown, text: shown.text?.split(placeOfOptions).slice(1).join('') ?? '' }, ...after];
};

/**
 * Whether the first option of a question has left the screen of a small phone after so many wrong replies. A picture with
 * the options or behind them takes a screen of its own.
 */
export const areOptionsOutOfSight = (asked: AskedPrompt, failures: number): boolean => {
  const { options = [] } = asked;
  if (options.length === 0) return false;
  const since = sinceOptions(asked);
  if (since.some(({ media }) => media !== undefined)) return true;
  const own = options.reduce((sum, { id, text }) => sum + linesOf(`${id}) ${text}`), 0);
  const others = since.reduce(
    (sum, { text = '' }) => sum + (text.trim() === '' ? 0 : linesOf(text.trim())),
    0,
  );
  return own + others + failures * linesPerTry > screen.lines;
};
