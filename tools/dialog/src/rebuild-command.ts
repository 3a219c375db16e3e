import { kafkaEventSource, mongoRebuildStore, type SwapRules } from '@stopcovid/progress-tracker';
import type { Command } from 'commander';
import { mayDo, untilInterrupted } from './ask';
import { exitCodes, UsageError, type ExitCode } from './exit';
import { rebuild } from './rebuild';
import { phonesMeant } from './rebuild-phones';
import { onServers, withServerOptions, type ServerFlags } from './servers';
import type { Surroundings } from './surroundings';

type Flags = ServerFlags & {
  readonly all?: boolean;
  readonly phonesFile?: string;
  readonly compareOnly?: boolean;
  readonly swap?: boolean;
  readonly late?: boolean;
  readonly unknown?: boolean;
  readonly group: string;
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

const run = async (typed: readonly string[], flags: Flags, surroundings: Surroundings): Promise<ExitCode> => {
  const swap = rulesOf(flags);
  const phones = await phonesMeant({
    typed,
    all: flags.all ?? false,
    ...(flags.phonesFile === undefined ? {} : { file: flags.phonesFile }),
  });
  const { terminal } = surroundings;
  return onServers({ flags, changes: swap !== undefined }, surroundings, async ({ mongo, kafka }) => {
    const whom =
      phones === undefined ? 'all phones' : `${phones.length} phone${phones.length === 1 ? '' : 's'}`;
    const question = `Replace the projections of ${whom} in ${mongo.host}/${mongo.name} where they differ from the topic?`;
    if (swap && !(await mayDo(question, flags.yes ?? false, terminal))) return exitCodes.problems;
    return untilInterrupted(async (signal) =>
      rebuild(
        {
          store: mongoRebuildStore(mongo),
          events: await kafkaEventSource({ connection: kafka, group: flags.group, signal }),
        },
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
    .description('fold the projections afresh beside the live ones, compare, and swap if told to')
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
    .option('--group <name>', "the tracker's consumer group", 'progress-tracker')
    .option('--yes', 'do not ask')
    .option('--json', 'one JSON object a line')
    .option('--full', 'phones and values as they are: personal data');
  withServerOptions(command).action(async (phones: readonly string[], flags: Flags) => {
    surroundings.ending.code = await run(phones, flags, surroundings);
  });
};
