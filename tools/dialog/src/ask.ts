import { UsageError } from './exit';
import { linesOf, type Terminal } from './terminal';

/**
 * May it be done? `yes` says so beforehand. Throws UsageError when there is nobody to ask; anything that a person
 * answers but yes is no.
 */
export const mayDo = async (question: string, yes: boolean, terminal: Terminal): Promise<boolean> => {
  if (yes) return true;
  if (terminal.interactive !== true)
    throw new UsageError(
      'There is nobody to ask: nothing was done. Give --yes to go ahead without being asked.',
    );
  terminal.err(`${question} [y/N]`);
  for await (const { text } of linesOf(terminal.input)) return answered(text, terminal);
  return answered('', terminal);
};

const answered = (text: string, terminal: Terminal): boolean => {
  if (/^y(es)?$/i.test(text.trim())) return true;
  terminal.err('Nothing was done.');
  return false;
};

/** Ctrl-C asks for an orderly end; a second one ends at once. */
export const untilInterrupted = async <T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
  const stop = new AbortController();
  const interrupted = (): void => stop.abort(new Error('interrupted'));
  process.once('SIGINT', interrupted);
  try {
    return await work(stop.signal);
  } finally {
    process.removeListener('SIGINT', interrupted);
  }
};
