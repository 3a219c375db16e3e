import { languageSchema, timestampSchema } from '@stopcovid/contracts';
import { mongoDialogStore, mongoRegistrationCodes, type RegistrationCodes } from '@stopcovid/dialog-engine';
import { mongoProgressStore } from '@stopcovid/progress-tracker';
import { Command, InvalidArgumentError } from 'commander';
import { addOne, disableOne, listAll, type NewCodeOptions } from './codes';
import { readCodes, type Codes } from './codes-file';
import { Conversation } from './conversation';
import { addDeadLetters } from './dead-letters-command';
import { addEnvironment } from './environment-command';
import { exitCodes, type ExitCode } from './exit';
import { grade } from './grade';
import { lint } from './lint';
import { loadCatalogue } from './load-catalogue';
import { clockOf } from './local-dialogs';
import { withMongo } from './mongo';
import { replay } from './replay';
import { idsOf } from './seeded-ids';
import { show } from './show';
import { addShowRecord } from './show-record-command';
import { simulate } from './simulate';
import { addRebuild } from './rebuild-command';
import { addRepair } from './repair-command';
import { mongoOption, type Surroundings } from './surroundings';
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

const collect = (value: string, sofar: readonly string[] | undefined): readonly string[] => [
  ...(sofar ?? []),
  value,
];

const addCodes = (program: Command, { terminal, ending, environment }: Surroundings): void => {
  const codes = program.command('codes').description('registration codes of our own');
  const use = async (
    url: string | undefined,
    act: (codes: RegistrationCodes) => Promise<ExitCode>,
  ): Promise<void> => {
    ending.code = await withMongo(url ?? environment['MONGODB_URL'], (connection) =>
      act(mongoRegistrationCodes(connection)),
    );
  };
  codes
    .command('add')
    .description('add a code; people who text it are registered')
    .argument('<code>', 'one word of 3 to 32 letters, digits or hyphens')
    .option(...mongoOption)
    .option('--demo', 'for demonstrations: may register again with another code')
    .option('--employer-id <id>')
    .option('--employer-name <name>')
    .option('--unit-id <id>')
    .option('--unit-name <name>')
    .option('--label <label>', 'may be given several times', collect)
    .option('--messaging-service-sid <sid>', 'sends to these people instead of the default service')
    .action((code: string, { mongodb, ...options }: NewCodeOptions & { mongodb?: string }) =>
      use(mongodb, (store) => addOne(store, { code, options }, terminal)),
    );
  codes
    .command('list')
    .description('list all codes')
    .option(...mongoOption)
    .option('--json')
    .action((flags: { mongodb?: string; json?: boolean }) =>
      use(flags.mongodb, (store) => listAll(store, flags.json ?? false, terminal)),
    );
  codes
    .command('disable')
    .description('end a code; who registered by it stays registered')
    .argument('<code>')
    .option(...mongoOption)
    .action((code: string, flags: { mongodb?: string }) =>
      use(flags.mongodb, (store) => disableOne(store, code, terminal)),
    );
};

const addShow = (program: Command, { terminal, ending, environment }: Surroundings): void => {
  program
    .command('show')
    .description('where one phone stands, in the engine and in the tracker')
    .argument('<phone>', 'in E.164, for example +12025550143')
    .option(...mongoOption)
    .action(async (phone: string, flags: { mongodb?: string }) => {
      ending.code = await withMongo(flags.mongodb ?? environment['MONGODB_URL'], async (connection) =>
        show(
          { dialogs: mongoDialogStore(connection), progress: await mongoProgressStore(connection) },
          phone,
          terminal,
        ),
      );
    });
};

const endings = `
Exit codes: ${exitCodes.ok} all is well, ${exitCodes.problems} problems were found, ${exitCodes.usage} the command was not understood, ${exitCodes.unavailable} a server does not answer`;

/** The whole command line; each subcommand leaves its exit code in `ending`. */
export const buildProgram = (surroundings: Surroundings): Command => {
  const program = new Command('dialog')
    .description('The StopCOVID dialog engine on the command line.')
    .showHelpAfterError('(dialog help SUBCOMMAND tells more)')
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
    addEnvironment,
    addTrainees,
    addRebuild,
    addRepair,
  ])
    add(program, surroundings);
  return program;
};
