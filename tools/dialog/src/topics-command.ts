import { mongoCheckpointStore } from '@stopcovid/dialog-engine';
import { markTopics } from '@stopcovid/kafka';
import type { Command } from 'commander';
import { acceptReset } from './accept-reset';
import { onKafka, onServers, withServerOptions, type ServerFlags, type Servers } from './servers';
import type { Surroundings } from './surroundings';
import { checkTopics, makeTopics, type TopicsOptions } from './topics';
import { countTyped } from './typed';

type Flags = ServerFlags & {
  readonly partitions?: number;
  readonly replication?: number;
  readonly json?: boolean;
  readonly apply?: boolean;
  readonly yes?: boolean;
};

const withSettings = (command: Command): Command =>
  withServerOptions(command)
    .option(
      '--partitions <number>',
      'of each topic (default: as many as dialog.commands.v1 has, or 12)',
      countTyped,
    )
    .option('--replication <number>', "replicas of each partition (default: the brokers' own)", countTyped)
    .option('--json', 'one JSON object a line');

const optionsOf = ({ partitions, replication, json }: Flags): TopicsOptions => ({
  json: json ?? false,
  ...(partitions === undefined ? {} : { partitions }),
  ...(replication === undefined ? {} : { replication }),
});

/* Who may make topics here was asked before: they are ours, or nobody's yet. */
const mark = async (
  { kafka, environment }: Pick<Servers, 'kafka' | 'environment'>,
  { replication }: TopicsOptions,
  { markPrefix: prefix }: Surroundings,
): Promise<void> => {
  if (environment === undefined) return;
  await markTopics(kafka, environment, {
    prefix,
    ...(replication === undefined ? {} : { replicationFactor: replication }),
  });
};

const createHelp = `
Topics that are missing are created, and one that stays empty: its name, dialog.environment.NAME, says whose they are. Of the others, --apply sets their settings (retention, cleanup policy, size) and adds
partitions; nothing is ever removed. The number of partitions changes only once every group has read every topic to its
end, and after a question: a phone may move to another partition, and its records must not wait in two. Stop what
produces first (sms-ingress, progress-tracker, sms-sender), wait until "dialog topics create --apply" finds all drained,
and start again afterwards. The exit code is 1 while anything still differs.

  dialog topics create --partitions 12 --replication 3 --environment staging`;

const resetHelp = `
The engine stops a partition that ends before what it had decided: its topic was deleted and made anew. If that was meant,
this lets it begin again; if it was not, bring the old topic back. Commands that were decided before are recognised by
their ids, as far as they are among the last of their phones.`;

const addReset = (topics: Command, surroundings: Surroundings): void => {
  withServerOptions(
    topics.command('accept-reset').description('let the engine begin again with a topic that was made anew'),
  )
    .argument('<topic>', 'for example dialog.commands.v1')
    .option('--yes', 'do not ask')
    .option('--anyway', 'also when no partition shows it')
    .option('--json', 'one JSON object a line')
    .addHelpText('after', resetHelp)
    .action(async (topic: string, flags: Flags & { readonly anyway?: boolean }) => {
      const { yes = false, anyway = false, json = false } = flags;
      surroundings.ending.code = await onServers({ flags, changes: true }, surroundings, ({ kafka, mongo }) =>
        acceptReset(
          { kafka, checkpoints: mongoCheckpointStore(mongo), terminal: surroundings.terminal },
          { topic, yes, anyway, json },
        ),
      );
    });
};

/** `dialog topics`: creates and checks them; accepts that one was made anew. */
export const addTopics = (program: Command, surroundings: Surroundings): void => {
  const { terminal, ending } = surroundings;
  const topics = program.command('topics');
  withSettings(topics.command('check').description('compare the topics with what they should be')).action(
    async (flags: Flags) => {
      ending.code = await onKafka(flags, surroundings, ({ kafka }) =>
        checkTopics(kafka, optionsOf(flags), terminal),
      );
    },
  );
  withSettings(topics.command('create').description('create the topics that are missing, check the others'))
    .option('--apply', 'also change settings, and add partitions')
    .option('--yes', 'do not ask')
    .addHelpText('after', createHelp)
    .action(async (flags: Flags) => {
      const options = { ...optionsOf(flags), apply: flags.apply ?? false, yes: flags.yes ?? false };
      ending.code = await onServers({ flags, changes: true }, surroundings, async (servers) => {
        await mark(servers, options, surroundings);
        return makeTopics(servers.kafka, options, terminal);
      });
    });
  addReset(topics, surroundings);
};
