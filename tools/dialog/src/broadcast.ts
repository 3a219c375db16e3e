import {
  broadcastView,
  confirmBroadcast,
  mongoAudiences,
  mongoBroadcasts,
  mongoPhoneSchedules,
  mongoProgressStore,
  mongoSchedules,
  offerOf,
  previewBroadcast,
  type BroadcastParts,
  type Preview,
} from '@stopcovid/progress-tracker';
import { maskPhone } from '@stopcovid/runtime';
import { InvalidArgumentError, type Command } from 'commander';
import { personAt } from './act';
import { mayDo } from './ask';
import { contentOf } from './content-file';
import { exitCodes, UsageError, type ExitCode } from './exit';
import { drillsOption, loadCatalogue } from './load-catalogue';
import type { MongoConnection } from './mongo';
import { onMongo, withMongoOptions, type ServerFlags } from './servers';
import type { Surroundings } from './surroundings';
import type { Terminal } from './terminal';

/** What is to be sent, in whose name. */
export type SendOptions = {
  readonly content: unknown;
  readonly by: string;
  readonly key?: string | undefined;
  readonly dryRun: boolean;
  readonly yes: boolean;
};

const linesOf = (preview: Preview): readonly string[] => [
  `${preview.reached.people} of ${preview.people} would have it`,
  ...preview.leftOut.map(({ reason, people, phones }) => {
    const some = phones.slice(0, 3).map(maskPhone).join(', ');
    return `  ${people} not, ${reason}: ${some}${people > 3 ? ' …' : ''}`;
  }),
  ...preview.languages.map(
    ({ language, people, segmentsEach, segments, cost }) =>
      `${language}: ${people} people, ${segmentsEach} segments each, ${segments} in all${cost === undefined ? '' : `, ${cost}`}`,
  ),
  ...(preview.firstAt && preview.lastAt
    ? [`leaves from ${preview.firstAt.toISOString()} to ${preview.lastAt.toISOString()}`]
    : []),
  ...preview.obstacles.map(({ code, message }) => `${code}: ${message}`),
];

/**
 * Shows the preview, asks, and freezes the list. With a key, asking again goes on with the same broadcast. `problems`
 * when it cannot go out. Throws UsageError for what is not a broadcast.
 */
export const sendBroadcast = async (
  { content, by, key, dryRun, yes }: SendOptions,
  parts: BroadcastParts,
  terminal: Terminal,
): Promise<ExitCode> => {
  const foreseen = await previewBroadcast(content, parts);
  if (foreseen.kind === 'invalid') throw new UsageError(foreseen.problems.join('\n'));
  const { preview } = foreseen;
  for (const line of linesOf(preview)) terminal.out(line);
  if (dryRun) return preview.obstacles.length === 0 ? exitCodes.ok : exitCodes.problems;
  /* What was confirmed with a key before may have nobody left to reach by now. */
  if (preview.obstacles.length > 0 && key === undefined) return exitCodes.problems;
  if (!(await mayDo(`Send it to ${preview.reached.people}?`, yes, terminal))) return exitCodes.problems;
  const answer = await confirmBroadcast(content, { by, key }, parts);
  switch (answer.kind) {
    case 'confirmed':
      terminal.out(answer.broadcast.id);
      terminal.err('`dialog broadcast show` with this id says how far it is');
      return exitCodes.ok;
    case 'hindered':
      return exitCodes.problems;
    case 'invalid':
      throw new UsageError(answer.problems.join('\n'));
    case 'keyReused':
      throw new UsageError('This --key stood for something else before: take a new one.');
  }
};

const notThere = (terminal: Terminal): ExitCode => {
  terminal.err('There is no such broadcast.');
  return exitCodes.problems;
};

/** Shows how far a broadcast is, as JSON. */
export const showBroadcast = async (
  id: string,
  { broadcasts }: Pick<BroadcastParts, 'broadcasts'>,
  terminal: Terminal,
): Promise<ExitCode> => {
  const found = await broadcasts.of(id);
  if (found === undefined) return notThere(terminal);
  terminal.out(JSON.stringify(broadcastView(found, await broadcasts.progressOf(id)), undefined, 2));
  return exitCodes.ok;
};

type Flags = ServerFlags & {
  readonly key?: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly drills: string;
  readonly perSecond: number;
  readonly segmentsPerSecond?: number;
  readonly segmentPrice?: number;
};

const partsOf = async (mongo: MongoConnection, flags: Flags): Promise<BroadcastParts> => {
  const offer = offerOf(await loadCatalogue(flags.drills));
  return {
    store: await mongoProgressStore(mongo),
    phones: await mongoPhoneSchedules(mongo),
    schedules: await mongoSchedules(mongo),
    broadcasts: await mongoBroadcasts(mongo),
    audiences: mongoAudiences(mongo),
    offer: () => offer,
    tariff: {
      perSecond: flags.perSecond,
      segmentsPerSecond: flags.segmentsPerSecond,
      segmentPrice: flags.segmentPrice,
    },
    now: () => new Date(),
  };
};

const numberTyped = (typed: string): number => {
  const number = Number(typed);
  if (typed.trim() === '' || !Number.isFinite(number) || number <= 0)
    throw new InvalidArgumentError('It takes a number above 0.');
  return number;
};

const help = `
The file is YAML or JSON, as POST /v1/broadcasts takes it:

  audience: { employerId: acme, label: night }
  texts: { en: The clinic opens at ten., es: La clínica abre a las diez. }
  at: { date: 2026-06-10, time: "09:00", past: nextDay }

  dialog broadcast send clinic.yaml --dry-run
  dialog broadcast send clinic.yaml --key clinic-june`;

const addSend = (broadcast: Command, surroundings: Surroundings): void => {
  const send = broadcast
    .command('send')
    .description('show who would have a message, who not and why, ask, and let it go out')
    .argument('<file>')
    .option('--key <key>', 'makes asking again harmless: the same key and file are one broadcast')
    .option('--dry-run', 'the preview alone')
    .option('--yes', 'do not ask')
    .option(...drillsOption)
    .option('--per-second <messages>', "the account's rate", numberTyped, 10)
    .option('--segments-per-second <segments>', "the account's rate of segments", numberTyped)
    .option('--segment-price <price>', 'what a segment costs', numberTyped)
    .addHelpText('after', help);
  withMongoOptions(send).action(async (file: string, flags: Flags) => {
    const { key, dryRun = false, yes = false } = flags;
    const content = await contentOf(file);
    surroundings.ending.code = await onMongo({ flags, changes: !dryRun }, surroundings, async (mongo) =>
      sendBroadcast(
        { content, by: personAt(surroundings), key, dryRun, yes },
        await partsOf(mongo, flags),
        surroundings.terminal,
      ),
    );
  });
};

/** `dialog broadcast`: one message to many. */
export const addBroadcast = (program: Command, surroundings: Surroundings): void => {
  const { terminal } = surroundings;
  const broadcast = program.command('broadcast');
  addSend(broadcast, surroundings);
  const show = broadcast.command('show').description('how far one is, as JSON').argument('<id>');
  withMongoOptions(show).action(async (id: string, flags: ServerFlags) => {
    surroundings.ending.code = await onMongo({ flags, changes: false }, surroundings, async (mongo) =>
      showBroadcast(id, { broadcasts: await mongoBroadcasts(mongo) }, terminal),
    );
  });
  const stop = broadcast.command('stop').description('keep it from all who still wait').argument('<id>');
  withMongoOptions(stop).action(async (id: string, flags: ServerFlags) => {
    surroundings.ending.code = await onMongo({ flags, changes: true }, surroundings, async (mongo) => {
      const broadcasts = await mongoBroadcasts(mongo);
      const stopped = { by: personAt(surroundings), at: new Date() };
      if (!(await broadcasts.stop(id, stopped))) return notThere(terminal);
      return showBroadcast(id, { broadcasts }, terminal);
    });
  });
};
