import type { Language } from '@stopcovid/contracts';
import type { Command } from 'commander';
import { codesFrom, codesOption, type Codes } from './codes-file';
import { Conversation, type Exchange } from './conversation';
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

const sampleCodes: Codes = new Map([
  [
    'HYGIENE',
    { status: 'Valid', demo: false, account: { employerId: 'acme', employerName: 'Acme Kitchens' } },
  ],
  ['TRYOUT', { status: 'Valid', demo: true, account: {} }],
]);

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
    .description('chat with the engine in this terminal: each line is a text')
    .option(...drillsOption)
    .option(...codesOption)
    .option(
      '--code <code>',
      'text this registration code first; without --codes, HYGIENE and TRYOUT are good',
    )
    .option('--language <language>', 'the trainee reads this language from the start', languageTyped)
    .option('--seed <text>', 'makes the ids of runs the same each time')
    .option('--repro', 'print the conversation at the end as a golden test')
    .option('--json', 'one JSON object for each text and what was read')
    .action(async (flags: SimulateFlags) => {
      const world = {
        catalogue: await loadCatalogue(flags.drills),
        codes: await codesFrom(flags.codes, sampleCodes),
        now: clockOf(undefined),
        newRunId: idsOf(flags.seed),
      };
      const conversation = new Conversation(
        world,
        flags.language === undefined ? {} : { language: flags.language },
      );
      const options = {
        repro: flags.repro ?? false,
        json: flags.json ?? false,
        ...(flags.code === undefined ? {} : { code: flags.code }),
      };
      ending.code = await simulate(conversation, options, terminal);
    });
};
