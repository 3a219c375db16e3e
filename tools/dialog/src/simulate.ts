import type { Language } from '@stopcovid/contracts';
import type { Command } from 'commander';
import { codesFrom, codesOption, type Codes } from './codes-file';
import type { Conversation, Exchange } from './conversation';
import { exitCodes, type ExitCode } from './exit';
import { drillsOption, loadCatalogue } from './load-catalogue';
import { clockOf } from './local-dialogs';
import { idsOf } from './seeded-ids';
import type { Surroundings } from './surroundings';
import { linesOf, type Terminal } from './terminal';
import { languageTyped } from './typed';

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

const greet = (codes: Codes, { code }: SimulateOptions, terminal: Terminal): void => {
  terminal.err('Type what a trainee would text. /quit or Ctrl-D ends.');
  const [known] = codes.keys();
  if (code === undefined && known !== undefined) terminal.err(`Begin with a code, such as ${known}.`);
  terminal.err('');
};

/** A phone in the terminal: each line is a text; the end of input, or /quit, hangs up. */
export const simulate = async (
  { conversation, codes }: { readonly conversation: Conversation; readonly codes: Codes },
  options: SimulateOptions,
  terminal: Terminal,
): Promise<ExitCode> => {
  greet(codes, options, terminal);
  /* A golden test has standard output for itself. */
  const screen = options.repro ? { ...terminal, out: terminal.err } : terminal;
  if (options.code !== undefined) {
    terminal.err(`${prompt}${options.code}`);
    show(conversation.say(options.code), options, screen);
  }
  for await (const text of typedLines(terminal)) {
    if (text.trim() === '/quit') break;
    show(conversation.say(text), options, screen);
  }
  if (options.repro) terminal.out(golden(conversation.exchanges));
  return exitCodes.ok;
};

const prompt = '> ';

/** What is typed: by a person, who sees a prompt and can edit the line, or by whoever else writes to us. */
async function* typedLines({ input, edited }: Terminal): AsyncGenerator<string> {
  if (edited) yield* edited(prompt);
  else for await (const { text } of linesOf(input)) yield text;
}

type SimulateFlags = {
  drills: string;
  codes?: string;
  code?: string;
  language?: Language;
  repro?: boolean;
  json?: boolean;
  seed?: string;
};

/** `dialog simulate`: a phone in the terminal. */
export const addSimulate = (program: Command, { terminal, ending }: Surroundings): void => {
  program
    .command('simulate')
    .option(...drillsOption)
    .option(...codesOption)
    .option('--code <code>', 'text this registration code first, such as HYGIENE')
    .option('--language <language>', 'the trainee reads this language from the start', languageTyped)
    .option('--seed <text>', 'makes the ids of runs the same each time')
    .option('--repro', 'print nothing to standard output but the conversation, at the end, as a golden test')
    .option('--json', 'one JSON object for each text and what was read')
    .action(async (flags: SimulateFlags) => {
      const codes = await codesFrom(flags.codes);
      const world = {
        catalogue: await loadCatalogue(flags.drills),
        codes,
        now: clockOf(undefined),
        newRunId: idsOf(flags.seed),
      };
      const { Conversation } = await import('./conversation.js');
      const { language } = flags;
      const conversation = new Conversation(world, language === undefined ? {} : { language });
      const options = {
        repro: flags.repro ?? false,
        json: flags.json ?? false,
        ...(flags.code === undefined ? {} : { code: flags.code }),
      };
      ending.code = await simulate({ conversation, codes }, options, terminal);
    });
};
