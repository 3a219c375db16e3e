import type { TopicSettings } from '@stopcovid/contracts';
import {
  createTopics,
  groupLags,
  growTopic,
  setTopicConfig,
  topicCompression,
  topicOffsets,
  topicStates,
  type KafkaConnection,
} from '@stopcovid/kafka';
import { mayDo } from './ask';
import { exitCodes, type ExitCode } from './exit';
import type { Terminal } from './terminal';
import {
  checkAll,
  isDeadLetterTopic,
  jsonOfTopic,
  plansFor,
  tableOfTopics,
  whyNotGrow,
  type CheckedTopic,
} from './topic-check';

export type TopicsOptions = {
  /** The topics and how they should be; ours when left out. */
  readonly plans?: typeof plansFor;
  readonly partitions?: number;
  readonly replication?: number;
  readonly json: boolean;
};

const look = async (
  kafka: KafkaConnection,
  { partitions, replication, plans = plansFor }: TopicsOptions,
): Promise<readonly CheckedTopic[]> => {
  const names = plans(undefined, []).map(({ topic }) => topic);
  const states = await topicStates(kafka, names);
  return checkAll(plans(partitions, states), states, replication === undefined ? {} : { replication });
};

const print = (checked: readonly CheckedTopic[], json: boolean, terminal: Terminal): ExitCode => {
  if (json) for (const topic of checked) terminal.out(jsonOfTopic(topic));
  else for (const line of tableOfTopics(checked)) terminal.out(line);
  return checked.some(({ differences }) => differences.length > 0) ? exitCodes.problems : exitCodes.ok;
};

/** Compares the topics with what they should be. Changes nothing. */
export const checkTopics = async (
  kafka: KafkaConnection,
  options: TopicsOptions,
  terminal: Terminal,
): Promise<ExitCode> => print(await look(kafka, options), options.json, terminal);

const settings: ReadonlySet<string> = new Set(['retention', 'cleanup', 'size', 'compression']);

const hasSettingToChange = ({ differences }: CheckedTopic): boolean =>
  differences.some(({ kind }) => settings.has(kind));

const applySettings = async (
  kafka: KafkaConnection,
  checked: readonly CheckedTopic[],
  terminal: Terminal,
): Promise<void> => {
  for (const { plan } of checked.filter(hasSettingToChange)) {
    await setTopicConfig(kafka, plan.topic, [
      { name: 'retention.ms', value: String(plan.retentionMs) },
      { name: 'cleanup.policy', value: 'delete' },
      { name: 'compression.type', value: topicCompression },
      { name: 'max.message.bytes', value: String(plan.maxMessageBytes) },
    ]);
    terminal.err(`${plan.topic}: settings changed`);
  }
};

/** What keeps the partitions of these topics from becoming more. */
const obstacles = async (
  kafka: KafkaConnection,
  plans: readonly TopicSettings[],
): Promise<readonly string[]> => {
  const found: string[] = [];
  for (const { topic } of plans.filter((plan) => !isDeadLetterTopic(plan.topic))) {
    const [ends, lags] = await Promise.all([topicOffsets(kafka, topic), groupLags(kafka, topic)]);
    const why = whyNotGrow({ topic, ends, lags });
    if (why !== undefined) found.push(why);
  }
  return found;
};

type Growth = { readonly checked: readonly CheckedTopic[]; readonly yes: boolean };

const grow = async (kafka: KafkaConnection, { checked, yes }: Growth, terminal: Terminal): Promise<void> => {
  const few = checked.filter(({ differences }) => differences.some(({ kind }) => kind === 'fewerPartitions'));
  if (few.length === 0) return;
  const all = checked.filter(({ state }) => state !== undefined).map(({ plan }) => plan);
  const why = await obstacles(kafka, all);
  if (why.length > 0) {
    terminal.err(`the number of partitions stays as it is: ${why.join('; ')}`);
    return;
  }
  const names = few.map(({ plan }) => plan.topic).join(', ');
  const question =
    `More partitions for ${names}? Each phone may move to another one: sms-ingress and everything ` +
    'else that produces must be stopped until this is done.';
  if (!(await mayDo(question, yes, terminal))) return;
  for (const { plan } of few) {
    await growTopic(kafka, plan.topic, plan.partitions);
    terminal.err(`${plan.topic}: has ${plan.partitions} partitions now`);
  }
};

/** Creates what is missing; with `apply`, mends what can be mended of the others. */
export const makeTopics = async (
  kafka: KafkaConnection,
  options: TopicsOptions & { readonly apply: boolean; readonly yes: boolean },
  terminal: Terminal,
): Promise<ExitCode> => {
  const { replication, apply, yes } = options;
  const found = await look(kafka, options);
  const missing = found.filter(({ state }) => state === undefined).map(({ plan }) => plan);
  const made = await createTopics(
    kafka,
    missing,
    replication === undefined ? {} : { replicationFactor: replication },
  );
  for (const topic of made) terminal.err(`${topic}: created`);
  if (apply) {
    const checked = await look(kafka, options);
    await applySettings(kafka, checked, terminal);
    await grow(kafka, { checked, yes }, terminal);
  }
  return print(await look(kafka, options), options.json, terminal);
};
