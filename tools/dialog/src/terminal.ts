import { createInterface } from 'node:readline';

/** Where a subcommand reads and writes: the process's own streams, or a test's. */
export type Terminal = {
  readonly input: NodeJS.ReadableStream;
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  /** Rewrites the last line of a terminal that a person looks at; elsewhere there is none. */
  readonly status?: (text: string) => void;
  /** The lines that a person types behind a prompt, with editing and history; where nobody types there is none. */
  readonly edited?: (prompt: string) => AsyncIterable<string>;
  /** May what is printed be coloured? */
  readonly colours?: boolean;
  /** Is there a person who can be asked? */
  readonly interactive?: boolean;
};

const clearLine = '\r\u001b[2K';

/* What is printed next must not stand behind what was rewritten last. */
const personsTerminal = (): Pick<Terminal, 'out' | 'err' | 'status'> => {
  let rewritten = false;
  const print = (stream: NodeJS.WriteStream, line: string): void => {
    if (rewritten) process.stderr.write(clearLine);
    rewritten = false;
    stream.write(`${line}\n`);
  };
  return {
    out: (line) => print(process.stdout, line),
    err: (line) => print(process.stderr, line),
    status: (text) => {
      process.stderr.write(clearLine + text);
      rewritten = true;
    },
  };
};

/* Blank lines are no texts: the prompt comes again. */
async function* editedLines(prompt: string): AsyncGenerator<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr, prompt });
  try {
    lines.prompt();
    for await (const line of lines) {
      if (line.trim() !== '') yield line;
      lines.prompt();
    }
  } finally {
    lines.close();
    /* Whoever hangs up with Ctrl-D leaves an empty prompt behind. */
    process.stderr.write('\n');
  }
}

/** The streams of this process. */
export const processTerminal = (): Terminal => ({
  input: process.stdin,
  interactive: process.stdin.isTTY === true,
  colours: process.stdout.isTTY && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb',
  ...(process.stdin.isTTY && process.stderr.isTTY && { edited: editedLines }),
  ...(process.stderr.isTTY
    ? personsTerminal()
    : {
        out: (line) => void process.stdout.write(`${line}\n`),
        err: (line) => void process.stderr.write(`${line}\n`),
      }),
});

/** One line of input that is not blank, with its number. */
export type NumberedLine = { readonly number: number; readonly text: string };

/** The lines of the input, without blank ones; a byte order mark does not count. */
export async function* linesOf(input: NodeJS.ReadableStream): AsyncGenerator<NumberedLine> {
  const lines = createInterface({ input, crlfDelay: Infinity });
  let number = 0;
  try {
    for await (const line of lines) {
      number += 1;
      const text = number === 1 ? line.replace(/^\uFEFF/, '') : line;
      if (text.trim() !== '') yield { number, text };
    }
  } finally {
    /* Who stops early would otherwise wait for more: an open terminal keeps the process alive. */
    lines.close();
  }
}
