import {
  clusterIdOf,
  markedEnvironments,
  markTopics,
  unmarkTopics,
  type KafkaConnection,
} from '@stopcovid/kafka';
import { serverOf } from '@stopcovid/mongo';
import type { Command } from 'commander';
import { environmentName, judgeNaming, type Named } from './environment-guard';
import { readMarker, writeMarker } from './environment-marker';
import { exitCodes, UsageError, type ExitCode } from './exit';
import { withMongo } from './mongo';
import { kafkaFrom } from './servers';
import type { Surroundings } from './surroundings';

type Flags = {
  readonly mongodb?: string;
  readonly brokers?: string;
  readonly insteadOf?: string;
  readonly json?: boolean;
};

/** The Kafka that goes with the database, and whose its topics are. */
type OwnKafka = {
  readonly kafka: KafkaConnection;
  readonly clusterId: string;
  readonly owners: readonly string[];
};

const kafkaOf = async (
  flags: Flags,
  { environment, markPrefix }: Surroundings,
): Promise<OwnKafka | undefined> => {
  if (flags.brokers === undefined && !environment['KAFKA_BROKERS']) return undefined;
  const kafka = kafkaFrom(flags.brokers, environment);
  const [clusterId, owners] = await Promise.all([clusterIdOf(kafka), markedEnvironments(kafka, markPrefix)]);
  return { kafka, clusterId, owners };
};

/* In between they belong to both, which lets nobody in. */
const handOver = async (
  kafka: KafkaConnection,
  { marker: { name }, handedOver }: Named,
  { terminal, markPrefix }: Surroundings,
): Promise<void> => {
  await markTopics(kafka, name, { prefix: markPrefix });
  await unmarkTopics(kafka, handedOver, markPrefix);
  terminal.out(
    `the topics of ${kafka.brokers.join(',')} belonged to ${handedOver.join(' and ')}, and now to ${name}: ` +
      `start every service anew with DIALOG_ENVIRONMENT=${name}`,
  );
};

const set = async (name: string, flags: Flags, around: Surroundings): Promise<ExitCode> => {
  if (!environmentName.test(name))
    throw new UsageError(`'${name}' is no name: it takes lower-case letters, digits and hyphens, 32 at most`);
  const url = flags.mongodb ?? around.environment['MONGODB_URL'];
  const own = await kafkaOf(flags, around);
  return withMongo(url, async (mongo) => {
    const judged = judgeNaming(await readMarker(mongo), {
      name,
      ...(flags.insteadOf === undefined ? {} : { insteadOf: flags.insteadOf }),
      ...(own && { clusterId: own.clusterId, owners: own.owners }),
    });
    if ('refused' in judged) throw new UsageError(judged.refused);
    await writeMarker(mongo, judged.marker);
    const { kafkaClusterId } = judged.marker;
    around.terminal.out(
      `${serverOf(url ?? '')} is the environment ${name}` +
        (kafkaClusterId === undefined
          ? '; its Kafka is not recorded: give --brokers too'
          : ` with the Kafka cluster ${kafkaClusterId}`),
    );
    if (own && judged.handedOver.length > 0) await handOver(own.kafka, judged, around);
    return exitCodes.ok;
  });
};

const show = (flags: Flags, around: Surroundings): Promise<ExitCode> =>
  withMongo(flags.mongodb ?? around.environment['MONGODB_URL'], async (mongo) => {
    const marker = await readMarker(mongo);
    if (flags.json) around.terminal.out(JSON.stringify(marker ?? null));
    else if (marker)
      around.terminal.out(`${marker.name}, Kafka cluster ${marker.kafkaClusterId ?? '(not recorded)'}`);
    else around.terminal.out('no name yet: dialog environment set NAME');
    return marker ? exitCodes.ok : exitCodes.problems;
  });

const help = `
A database says which environment it belongs to, and which Kafka cluster goes with it. Subcommands that change
anything act only where --environment (or DIALOG_ENVIRONMENT) names that environment and both servers belong to it;
those that only look show it in their first line on standard error. The topics say so, too, once "dialog topics create" or
a service has marked them: a second environment needs a Kafka of its own. Set it once per installation:

  dialog environment set staging --mongodb mongodb://… --brokers kafka-0:9092`;

/** `dialog environment`: the name that a deployment carries. */
export const addEnvironment = (program: Command, surroundings: Surroundings): void => {
  const environment = program.command('environment').addHelpText('after', help);
  const mongodb = ['--mongodb <url>', 'database (default: MONGODB_URL)'] as const;
  environment
    .command('set')
    .description('give this database its name, and record the Kafka cluster that belongs to it')
    .argument('<name>', 'for example staging')
    .option(...mongodb)
    .option('--brokers <list>', 'host:port with commas between (default: KAFKA_BROKERS)')
    .option(
      '--instead-of <name>',
      'the name that this replaces: of the database, with another Kafka, or of the topics',
    )
    .addHelpText('after', help)
    .action(async (name: string, flags: Flags) => {
      surroundings.ending.code = await set(name, flags, surroundings);
    });
  environment
    .command('show')
    .description('say which environment this database is')
    .option(...mongodb)
    .option('--json')
    .action(async (flags: Flags) => {
      surroundings.ending.code = await show(flags, surroundings);
    });
};
