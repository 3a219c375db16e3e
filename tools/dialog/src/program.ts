import { languageSchema, timestampSchema } from '@stopcovid/contracts';
import { Command, InvalidArgumentError } from 'commander';
import { addAuditMessages } from './audit-messages-command';
import { addCodes } from './codes-command';
import { readCodes, type Codes } from './codes-file';
import { addConsent } from './consent-command';
import { Conversation } from './conversation';
import { addDeadLetters } from './dead-letters-command';
import { addEnvironment } from './environment-command';
import { exitCodes } from './exit';
import { grade } from './grade';
import { lint } from './lint';
import { loadCatalogue } from './load-catalogue';
import { clockOf } from './local-dialogs';
import { replay } from './replay';
import { idsOf } from './seeded-ids';
import { addShow } from './show-command';
import { addShowRecord } from './show-record-command';
import { simulate } from './simulate';
import { addOptOut } from './opt-out-command';
import { addRebuild } from './rebuild-command';
import { addRepair } from './repair-command';
import type { Surroundings } from './surroundings';
import { addTopics } from './topics-command';
import { addTrainees } from './trainees-command';

const drillsOption = ['--drills <dir>', 'folder of the drills and their course', 'drills'] as const;
const codesOption = ['--codes <file>', 'YAML or JSON file of registration codes'] as const;

const noCodes: Codes = new Map();
const sampleCodes: Codes = new Map([
  [
    'HYGIENE',
    { status: 'Valid', demo: false, account: { employerId: 'acme', employerName: 'Acme Kitchens' } },
  ],
  ['TRYOUT', { status: 'Valid', demo: true, account: {} }],
]);
const codesFrom = (file: string | undefined, otherwise: Codes): Promise<Codes> | Codes =>
  file === undefined ? otherwise : readCodes(file);

const timestamp = (text: string): string => {
  const parsed = timestampSchema.safeParse(text);
  if (!parsed.success) throw new InvalidArgumentError('It takes a time such as 2026-03-01T17:05:00Z.');
  return parsed.data;
};
const language = (text: string): string => {
  const parsed = languageSchema.safeParse(text);
  if (!parsed.success) throw new InvalidArgumentError('It takes two lower-case letters such as es.');
  return parsed.data;
};

type SimulateFlags = {
  drills: string;
  codes?: string;
  code?: string;
  language?: string;
  repro?: boolean;
  json?: boolean;
  seed?: string;
};

const addSimulate = (program: Command, { terminal, ending }: Surroundings): void => {
  program
    .command('simulate')
    .description('chat with the engine in this terminal: each line is a text')
    .option(...drillsOption)
    .option(...codesOption)
    .option(
      '--code <code>',
      'text this registration code first; without --codes, HYGIENE and TRYOUT are good',
    )
    .option('--language <language>', 'the trainee reads this language from the start', language)
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
        flags.language === undefined ? {} : { language: languageSchema.parse(flags.language) },
      );
      const options = {
        repro: flags.repro ?? false,
        json: flags.json ?? false,
        ...(flags.code === undefined ? {} : { code: flags.code }),
      };
      ending.code = await simulate(conversation, options, terminal);
    });
};

type ReplayFlags = { drills: string; codes?: string; seed?: string; now?: string };

const addReplay = (program: Command, { terminal, ending }: Surroundings): void => {
  program
    .command('replay')
    .description('decide commands from standard input (JSON Lines) and write event batches (JSON Lines)')
    .option(...drillsOption)
    .option(...codesOption)
    .option('--seed <text>', 'makes the ids of runs the same each time')
    .option('--now <time>', "decide everything at this time (default: each command's own)", timestamp)
    .action(async (flags: ReplayFlags) => {
      const world = {
        catalogue: await loadCatalogue(flags.drills),
        codes: await codesFrom(flags.codes, noCodes),
        now: clockOf(flags.now),
        newRunId: idsOf(flags.seed),
      };
      ending.code = await replay(world, terminal);
    });
};

const addGrade = (program: Command, { terminal, ending }: Surroundings): void => {
  program
    .command('grade')
    .description(
      'grade replies from standard input: {"prompt": "drill/prompt" or a prompt or {"key": …}, "reply": …, "language"?: …}',
    )
    .option('--drills <dir>', 'folder of the drills that prompts are named from')
    .action(async (flags: { drills?: string }) => {
      const catalogue = flags.drills === undefined ? undefined : await loadCatalogue(flags.drills);
      ending.code = await grade(catalogue, terminal);
    });
};

const addLint = (program: Command, { terminal, ending }: Surroundings): void => {
  program
    .command('lint')
    .description('check drills: format, languages, answers that grade themselves, cost')
    .argument('[dir]', 'folder of the drills', 'drills')
    .option('--json', 'problems and costs as JSON')
    .option('--strict', 'warnings fail too')
    .action(async (directory: string, flags: { json?: boolean; strict?: boolean }) => {
      ending.code = await lint(
        directory,
        { json: flags.json ?? false, strict: flags.strict ?? false },
        terminal,
      );
    });
};

const endings = `
Exit codes: ${exitCodes.ok} all is well, ${exitCodes.problems} problems were found, ${exitCodes.usage} the command was not understood, ${exitCodes.unavailable} a server does not answer`;

/** A subcommand that was not understood names its own help. */
const pointToHelp = (command: Command, path: string): void => {
  command.showHelpAfterError(`(${path} --help tells more)`);
  for (const each of command.commands) pointToHelp(each, `${path} ${each.name()}`);
};

/** The whole command line; each subcommand leaves its exit code in `ending`. */
export const buildProgram = (surroundings: Surroundings): Command => {
  const program = new Command('dialog')
    .description('The StopCOVID dialog engine on the command line.')
    .addHelpText('after', endings)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => surroundings.terminal.out(text.trimEnd()),
      writeErr: (text) => surroundings.terminal.err(text.trimEnd()),
    });
  for (const add of [
    addSimulate,
    addReplay,
    addGrade,
    addLint,
    addCodes,
    addShow,
    addShowRecord,
    addDeadLetters,
    addTopics,
    addEnvironment,
    addConsent,
    addAuditMessages,
    addOptOut,
    addTrainees,
    addRebuild,
    addRepair,
  ])
    add(program, surroundings);
  pointToHelp(program, program.name());
  return program;
};
