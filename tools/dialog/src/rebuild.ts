import { topics, type Phone } from '@stopcovid/contracts';
import {
  kafkaEventSource,
  mongoBucketProof,
  mongoLogStore,
  mongoRebuildStore,
  rebuildMessages,
  rebuildProgress,
  type BucketProof,
  type LogRebuildParts,
  type PhoneReport,
  type RebuildParts,
  type RebuildRequest,
  type RebuildTotals,
  type SwapRules,
} from '@stopcovid/progress-tracker';
import type { Command } from 'commander';
import { mayDo, untilInterrupted } from './ask';
import { exitCodes, UsageError, type ExitCode } from './exit';
import { progressLine } from './progress-line';
import { tellFigures } from './rebuild-figures';
import {
  jsonOf,
  linesOf,
  folded,
  rebuildable,
  summary,
  type Folded,
  type Rebuildable,
} from './rebuild-lines';
import { phonesMeant } from './rebuild-phones';
import { onServers, withServerOptions, type ServerFlags } from './servers';
import type { Surroundings } from './surroundings';
import type { Terminal } from './terminal';

/** One or more. */
export type Provable = {
  readonly events?: RebuildParts;
  readonly messages?: LogRebuildParts;
  readonly figures?: BucketProof;
};

export type RebuildOptions = {
  /** All phones when undefined. */
  readonly phones: readonly Phone[] | undefined;
  /** Without it nothing live is changed. */
  readonly swap?: SwapRules;
  readonly json: boolean;
  /** Phones and values as they are: personal data. */
  readonly full: boolean;
  readonly signal?: AbortSignal;
};

const requestOf = (
  { phones, swap, json, full, signal }: RebuildOptions,
  terminal: Terminal,
): RebuildRequest => {
  const onPhone = (report: PhoneReport): void => {
    if (json) terminal.out(jsonOf(report, full));
    else for (const line of linesOf(report, full)) terminal.out(line);
  };
  const progress = {
    read: progressLine('records', terminal),
    compare: progressLine('phones', terminal),
  };
  return {
    onPhone,
    onProgress: ({ stage, done, total }) => progress[stage](done, total),
    ...(phones === undefined ? {} : { phones }),
    ...(swap === undefined ? {} : { swap }),
    ...(signal === undefined ? {} : { signal }),
  };
};

/** Says what a rebuild came to; answers whether anything is left that is not as it should be. */
const tell = (
  what: Folded,
  totals: RebuildTotals,
  { json, terminal }: { readonly json: boolean; readonly terminal: Terminal },
): boolean => {
  if (!totals.handled)
    terminal.err(
      "the group has committed nothing: is it the tracker's? Only with --late are missing phones put back",
    );
  terminal.out(json ? JSON.stringify({ of: what, totals }) : summary(what, totals));
  return Object.values(totals.findings).reduce((sum, count) => sum + count, 0) > totals.replaced;
};

/** Rebuilds projections beside the live ones and tells what differs; with `swap` the live ones are mended. */
export const rebuild = async (
  { events, messages, figures }: Provable,
  options: RebuildOptions,
  terminal: Terminal,
): Promise<ExitCode> => {
  const told = { json: options.json, terminal };
  const request = (): RebuildRequest => requestOf(options, terminal);
  const left = [
    events !== undefined && tell('events', await rebuildProgress(events, request()), told),
    messages !== undefined && tell('messages', await rebuildMessages(messages, request()), told),
    /* Last: they are of the runs that the events have left. */
    figures !== undefined &&
      (await tellFigures(figures, { ...options, swap: options.swap !== undefined }, terminal)),
  ];
  return left.includes(true) ? exitCodes.problems : exitCodes.ok;
};

type Flags = ServerFlags & {
  readonly all?: boolean;
  readonly phonesFile?: string;
  readonly compareOnly?: boolean;
  readonly swap?: boolean;
  readonly late?: boolean;
  readonly unknown?: boolean;
  readonly group: string;
  readonly messagesGroup: string;
  readonly only?: string;
  readonly yes?: boolean;
  readonly json?: boolean;
  readonly full?: boolean;
};

const rulesOf = ({ swap, compareOnly, late, unknown }: Flags): SwapRules | undefined => {
  if (swap && compareOnly) throw new UsageError('Give --compare-only or --swap, not both.');
  if (!swap && (late || unknown))
    throw new UsageError('--late and --unknown say what --swap may do: give it too.');
  return swap ? { late: late ?? false, unknown: unknown ?? false } : undefined;
};

/* Figures are of all phones together. */
const provedBy = ({ only, all }: Flags): ReadonlySet<Rebuildable> => {
  if (only === 'figures' && !all) throw new UsageError('Figures are of all phones: give --all.');
  if (only === undefined) return new Set(all ? rebuildable : folded);
  const one = rebuildable.find((each) => each === only);
  if (one === undefined) throw new UsageError(`--only takes one of ${rebuildable.join(', ')}.`);
  return new Set([one]);
};

type Reached = Parameters<Parameters<typeof onServers>[2]>[0];

const partsOf = async (
  { mongo, kafka: connection }: Reached,
  flags: Flags,
  signal: AbortSignal,
): Promise<Provable> => {
  const proved = provedBy(flags);
  const events = async (): Promise<RebuildParts> => ({
    store: mongoRebuildStore(mongo),
    events: await kafkaEventSource({ connection, group: flags.group, signal }),
  });
  const messages = async (): Promise<LogRebuildParts> => ({
    store: mongoLogStore(mongo),
    log: await kafkaEventSource({
      connection,
      group: flags.messagesGroup,
      topic: topics.smsLog,
      signal,
    }),
  });
  return {
    ...(proved.has('events') ? { events: await events() } : {}),
    ...(proved.has('messages') ? { messages: await messages() } : {}),
    ...(proved.has('figures') ? { figures: await mongoBucketProof(mongo) } : {}),
  };
};

const run = async (typed: readonly string[], flags: Flags, surroundings: Surroundings): Promise<ExitCode> => {
  const swap = rulesOf(flags);
  provedBy(flags);
  const phones = await phonesMeant({
    typed,
    all: flags.all ?? false,
    ...(flags.phonesFile === undefined ? {} : { file: flags.phonesFile }),
  });
  const { terminal } = surroundings;
  return onServers({ flags, changes: swap !== undefined }, surroundings, async (reached) => {
    const { mongo } = reached;
    const whom =
      phones === undefined ? 'all phones' : `${phones.length} phone${phones.length === 1 ? '' : 's'}`;
    const question = `Replace the projections of ${whom} in ${mongo.host}/${mongo.name} where they differ from the topic?`;
    if (swap && !(await mayDo(question, flags.yes ?? false, terminal))) return exitCodes.problems;
    return untilInterrupted(async (signal) =>
      rebuild(
        await partsOf(reached, flags, signal),
        { phones, json: flags.json ?? false, full: flags.full ?? false, signal, ...(swap ? { swap } : {}) },
        terminal,
      ),
    );
  });
};

/** `dialog rebuild`: projections against a fresh fold of the topic. */
export const addRebuild = (program: Command, surroundings: Surroundings): void => {
  const command = program
    .command('rebuild')
    .argument('[phones...]', 'in E.164, for example +12025550143')
    .option('--all', 'all phones')
    .option('--phones-file <file>', 'phones, one a line')
    .option('--compare-only', 'change nothing; so it is without --swap')
    .option('--swap', 'replace what differs; the service may go on meanwhile')
    .option(
      '--late',
      'swap also phones that are behind: what follows from the batches between is not started',
    )
    .option('--unknown', 'remove phones of which the topic knows nothing')
    .option('--only <what>', 'events, messages or figures; all by default, figures only with --all')
    .option('--group <name>', "the tracker's consumer group", 'progress-tracker')
    .option('--messages-group <name>', 'its group of the message log', 'progress-tracker-messages')
    .option('--yes', 'do not ask')
    .option('--json', 'one JSON object a line')
    .option('--full', 'phones and values as they are: personal data');
  withServerOptions(command).action(async (phones: readonly string[], flags: Flags) => {
    surroundings.ending.code = await run(phones, flags, surroundings);
  });
};
