import { exitCodes, type ExitCode } from './exit';
import type { Conversation, Exchange } from './conversation';
import { linesOf, type Terminal } from './terminal';

export type SimulateOptions = {
  readonly code?: string;
  /** Prints the conversation at the end, in the form of a golden test. */
  readonly repro: boolean;
  /** One JSON object for each exchange, instead of bubbles. */
  readonly json: boolean;
};

const bubble = (body: string, media: string | undefined): string =>
  [...body.split('\n'), ...(media === undefined ? [] : [`[picture: ${media}]`])]
    .map((line) => `  │ ${line}`)
    .join('\n');

const show = ({ text, reads }: Exchange, { json }: SimulateOptions, terminal: Terminal): void => {
  if (json) {
    terminal.out(JSON.stringify({ text, reads }));
    return;
  }
  for (const { body, media } of reads) terminal.out(`${bubble(body, media)}\n`);
  if (reads.length === 0) terminal.out('  (no answer)\n');
};

/** The conversation as a golden test: what was typed and what was read. */
export const golden = (exchanges: readonly Exchange[]): string =>
  JSON.stringify(
    exchanges.map(({ text, reads }) => ({
      text,
      reads: reads.map(({ body, media }) => (media === undefined ? body : { body, media })),
    })),
    null,
    2,
  );

/** A phone in the terminal: each line is a text; the end of input, or /quit, hangs up. */
export const simulate = async (
  conversation: Conversation,
  options: SimulateOptions,
  terminal: Terminal,
): Promise<ExitCode> => {
  terminal.err('Type what a trainee would text. /quit or Ctrl-D ends.\n');
  if (options.code !== undefined) {
    terminal.err(`> ${options.code}`);
    show(conversation.say(options.code), options, terminal);
  }
  for await (const { text } of linesOf(terminal.input)) {
    if (text.trim() === '/quit') break;
    show(conversation.say(text), options, terminal);
  }
  if (options.repro) terminal.out(golden(conversation.exchanges));
  return exitCodes.ok;
};
