import { createInterface } from 'node:readline';

/** Where a subcommand reads and writes: the process's own streams, or a test's. */
export type Terminal = {
  readonly input: NodeJS.ReadableStream;
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
};

/** The streams of this process. */
export const processTerminal = (): Terminal => ({
  input: process.stdin,
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
});

/** One line of input that is not blank, with its number. */
export type NumberedLine = { readonly number: number; readonly text: string };

/** The lines of the input, without blank ones; a byte order mark does not count. */
export async function* linesOf(input: NodeJS.ReadableStream): AsyncGenerator<NumberedLine> {
  let number = 0;
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    number += 1;
    const text = number === 1 ? line.replace(/^\uFEFF/, '') : line;
    if (text.trim() !== '') yield { number, text };
  }
}
