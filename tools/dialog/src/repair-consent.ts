import { linesOf, type Terminal } from './terminal';

/** Asks a person; anything but yes, and nobody there, is no. */
export const consent = async (question: string, terminal: Terminal): Promise<boolean> => {
  terminal.err(`${question} [y/N]`);
  for await (const { text } of linesOf(terminal.input)) return /^y(es)?$/i.test(text.trim());
  return false;
};
