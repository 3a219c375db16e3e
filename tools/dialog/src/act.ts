import type { DialogCommand, Phone } from '@stopcovid/contracts';
import { kafkaPublisher } from '@stopcovid/kafka';
import {
  ask,
  forecast,
  hoursFrom,
  knowsDrill,
  mongoCommandRecords,
  mongoPhoneSchedules,
  mongoProgressStore,
  mongoSchedules,
  offerOf,
  type Action,
  type Answer,
  type AskParts,
  type Forecast,
} from '@stopcovid/progress-tracker';
import type { Command } from 'commander';
import { mayDo } from './ask';
import { exitCodes, UsageError, type ExitCode } from './exit';
import { drillsOption, loadCatalogue } from './load-catalogue';
import type { MongoConnection } from './mongo';
import { onServers, withServerOptions, type ServerFlags } from './servers';
import type { Surroundings } from './surroundings';
import type { Terminal } from './terminal';
import { languageTyped, phoneFrom } from './typed';

/** What is to be done, on whom, in whose name. */
export type ActOptions = {
  readonly phone: Phone;
  readonly action: Action;
  readonly by: string;
  readonly key?: string | undefined;
  readonly dryRun: boolean;
  readonly yes: boolean;
};

const endOf = (command: DialogCommand): string =>
  'delivery' in command && command.delivery !== undefined
    ? `, and may go out until ${command.delivery.notAfter}`
    : '';

/** Says what came of asking, and answers its exit code. Throws UsageError for what cannot be asked so. */
export const told = (answer: Answer | Forecast, terminal: Terminal): ExitCode => {
  switch (answer.kind) {
    case 'accepted':
      terminal.out(answer.asked.commandId);
      terminal.err('asked for; `dialog command` with this id says what became of it');
      return exitCodes.ok;
    case 'possible':
      terminal.out(`${answer.command.type} would be published${endOf(answer.command)}`);
      return exitCodes.ok;
    case 'hindered':
      for (const { code, message } of answer.obstacles) terminal.out(`${code}: ${message}`);
      return exitCodes.problems;
    case 'invalid':
      throw new UsageError(answer.problems.join('\n'));
    case 'keyReused':
      throw new UsageError('This --key stood for something else before: take a new one.');
  }
};

/** Asks the engine for an action, or says what would come of it. `problems` when it would lead to nothing. */
export const act = async (options: ActOptions, parts: AskParts, terminal: Terminal): Promise<ExitCode> => {
  const foreseen = await forecast(options, parts);
  if (options.dryRun || foreseen.kind === 'invalid') return told(foreseen, terminal);
  /* What was asked with a key before may stand in its own way by now. */
  if (foreseen.kind === 'hindered' && options.key === undefined) return told(foreseen, terminal);
  if (!(await mayDo(`${options.action.kind} ${options.phone}?`, options.yes, terminal)))
    return exitCodes.problems;
  return told(await ask(options, parts), terminal);
};

/** What each action can be given with. */
export type ActFlags = ServerFlags & {
  readonly key?: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly drills?: string;
};

/** Who is at this terminal, for the record. */
export const personAt = ({ environment }: Pick<Surroundings, 'environment'>): string =>
  `dialog:${environment['USER'] ?? environment['LOGNAME'] ?? 'somebody'}`.slice(0, 128);

/** What asking reads and writes in the stores. With the folder of the drills it knows their schedule and their names. */
export const askingOn = async (
  mongo: MongoConnection,
  drills: string | undefined,
): Promise<Omit<AskParts, 'publisher'>> => {
  const offer = drills === undefined ? undefined : offerOf(await loadCatalogue(drills));
  return {
    records: await mongoCommandRecords(mongo),
    store: await mongoProgressStore(mongo),
    hoursOf: hoursFrom({
      phones: await mongoPhoneSchedules(mongo),
      schedules: await mongoSchedules(mongo),
      organisation: () => offer?.schedule,
    }),
    ...(offer === undefined ? {} : { knowsDrill: (drill: string) => knowsDrill(offer, drill) }),
    now: () => new Date(),
  };
};

type Asked = { readonly phone: Phone; readonly action: Action; readonly flags: ActFlags };

/** Asks for an action on the servers that the flags name. */
export const actOn = ({ phone, action, flags }: Asked, surroundings: Surroundings): Promise<ExitCode> =>
  onServers({ flags, changes: flags.dryRun !== true }, surroundings, async ({ kafka, mongo }) => {
    const parts = await askingOn(mongo, flags.drills);
    const publisher = kafkaPublisher(kafka);
    try {
      return await act(
        {
          phone,
          action,
          by: personAt(surroundings),
          key: flags.key,
          dryRun: flags.dryRun ?? false,
          yes: flags.yes ?? false,
        },
        { ...parts, publisher },
        surroundings.terminal,
      );
    } finally {
      await publisher.close();
    }
  });

/** The options of an action, and of the servers. */
export const withActOptions = (command: Command): Command =>
  withServerOptions(
    command
      .option('--key <key>', 'makes asking again harmless: the same key and action are one command')
      .option('--dry-run', 'say what would happen, and why not')
      .option('--yes', 'do not ask'),
  );

type UpdateFlags = ActFlags & {
  readonly name?: string;
  readonly language?: ReturnType<typeof languageTyped>;
  readonly timeZone?: string;
  readonly employer?: string;
  readonly unit?: string;
  readonly abandonDrill?: boolean;
};

const withoutGaps = <T extends object>(fields: T): T | undefined => {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return entries.length === 0 ? undefined : (Object.fromEntries(entries) as T);
};

const updateFrom = ({ name, language, timeZone, employer, unit, abandonDrill }: UpdateFlags): Action => {
  const profile = withoutGaps({ name, language, timeZone });
  const account = withoutGaps({ employerId: employer, unitId: unit });
  if (profile === undefined && account === undefined && abandonDrill !== true)
    throw new UsageError('Say what to change, such as --name or --unit.');
  return { kind: 'update', profile, account, abandonDrill };
};

const help = `
Each action is a command to the engine, on record with who asked for it. What would lead to nothing is not asked for.

  dialog act start +12025550143 hand-washing --dry-run
  dialog act message +12025550143 "The clinic opens at ten tomorrow." --key clinic-12`;

/** `dialog act`: what operators do on one trainee. */
export const addAct = (program: Command, surroundings: Surroundings): void => {
  const act = program.command('act').addHelpText('after', help);
  const end = async (asked: Asked): Promise<void> => {
    surroundings.ending.code = await actOn(asked, surroundings);
  };
  addSending(act, end);
  addChanging(act, end);
};

const on = (command: Command, description: string): Command =>
  withActOptions(command.description(description).argument('<phone>', 'in E.164', phoneFrom));

type End = (asked: Asked) => Promise<void>;

const addSending = (act: Command, end: End): void => {
  on(act.command('start'), 'start a drill')
    .argument('<drill>', 'its name, such as hand-washing')
    .option('--replace', 'end the run in progress')
    .option(...drillsOption)
    .action((phone: Phone, drill: string, flags: ActFlags & { replace?: boolean }) =>
      end({ phone, action: { kind: 'start', drill, replace: flags.replace }, flags }),
    );
  on(act.command('message'), 'send a message')
    .argument('<text>')
    .option('--media <url>', 'an attachment')
    .option(...drillsOption)
    .action((phone: Phone, text: string, flags: ActFlags & { media?: string }) =>
      end({ phone, action: { kind: 'message', text, mediaUrl: flags.media }, flags }),
    );
  on(act.command('remind'), 'put the open question again')
    .option(...drillsOption)
    .action((phone: Phone, flags: ActFlags) => end({ phone, action: { kind: 'remind' }, flags }));
};

const addChanging = (act: Command, end: End): void => {
  on(act.command('update'), 'change what is known of the trainee')
    .option('--name <name>')
    .option('--language <language>', 'two letters, such as es', languageTyped)
    .option('--time-zone <zone>', 'such as America/Chicago')
    .option('--employer <id>')
    .option('--unit <id>')
    .option('--abandon-drill', 'end the run in progress')
    .action((phone: Phone, flags: UpdateFlags) => end({ phone, action: updateFrom(flags), flags }));
  on(act.command('pause'), 'stop what is proactive')
    .option('--until <date>', 'the first local date on which it comes again, such as 2026-03-31')
    .action((phone: Phone, flags: ActFlags & { until?: string }) =>
      end({ phone, action: { kind: 'pause', until: flags.until }, flags }),
    );
  on(act.command('resume'), 'go on with what is proactive').action((phone: Phone, flags: ActFlags) =>
    end({ phone, action: { kind: 'resume' }, flags }),
  );
};
