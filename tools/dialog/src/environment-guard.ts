/** What a deployment says of itself in its database: its name, and which Kafka belongs to it. */
export type EnvironmentMarker = { readonly name: string; readonly kafkaClusterId?: string };

/** What is known before a subcommand acts. */
export type Reached = {
  /** The environment that the person named; undefined when none was. */
  readonly named: string | undefined;
  /** What the database says; undefined when it says nothing, or was not given. */
  readonly marker: EnvironmentMarker | undefined;
  /** The cluster that answered; undefined when the subcommand does not touch Kafka. */
  readonly clusterId: string | undefined;
  /** The environments to which its topics say that they belong; none where the subcommand does not touch Kafka. */
  readonly owners: readonly string[];
  /** Whether the subcommand changes anything. */
  readonly changes: boolean;
};

export type Judgement =
  | { readonly kind: 'go'; readonly environment: string; readonly warning?: string }
  | { readonly kind: 'refuse'; readonly reason: string };

const howToSet = 'dialog environment set NAME --mongodb … --brokers … gives it one';

const refuse = (reason: string): Judgement => ({ kind: 'refuse', reason });

const unmarked = ({ named, changes }: Reached): Judgement => {
  const reason = `this database does not say which environment it belongs to; ${howToSet}`;
  if (changes || named !== undefined) return refuse(reason);
  return { kind: 'go', environment: 'without a name', warning: reason };
};

const otherKafka = (marker: EnvironmentMarker, clusterId: string): string =>
  `the database belongs to ${marker.name}, whose Kafka is the cluster ${marker.kafkaClusterId ?? 'of no name'}; ` +
  `this is the cluster ${clusterId}`;

/** Why a name that was given, or left out, is not right here. */
const wrongName = (name: string, { named, changes }: Reached): string | undefined => {
  if (named === name) return undefined;
  if (named !== undefined) return `you named the environment ${named}, and this is ${name}: nothing was done`;
  return changes ? `this is the environment ${name}; say that you mean it: --environment ${name}` : undefined;
};

const otherTopics = (name: string, others: readonly string[]): string =>
  `the topics of this Kafka belong to the environment ${others.join(' and ')}, and the database to ${name}: another ` +
  `environment needs a Kafka of its own; dialog environment set ${name} --instead-of ${others[0] ?? ''} hands them over`;

/** Why this Kafka does not go with a database that has this name. */
const wrongKafka = (
  { name, kafkaClusterId }: EnvironmentMarker,
  { clusterId, owners }: Reached,
): string | undefined => {
  if (clusterId !== undefined && kafkaClusterId !== undefined && clusterId !== kafkaClusterId)
    return otherKafka({ name, kafkaClusterId }, clusterId);
  const others = owners.filter((owner) => owner !== name);
  return others.length === 0 ? undefined : otherTopics(name, others);
};

const noKafka = (name: string): string =>
  `the environment ${name} does not say which Kafka belongs to it; ` +
  `dialog environment set ${name} --brokers … records it`;

/** May a subcommand act on the servers that it reached? A name that was given must always be the right one. */
export const judgeEnvironment = (reached: Reached): Judgement => {
  const { marker, clusterId, changes } = reached;
  if (!marker) return unmarked(reached);
  const { name, kafkaClusterId } = marker;
  const wrong = wrongName(name, reached);
  if (wrong !== undefined) return refuse(wrong);
  const otherwise = wrongKafka(marker, reached);
  if (otherwise !== undefined) return refuse(`${otherwise}: nothing was done`);
  if (clusterId === undefined || clusterId === kafkaClusterId) return { kind: 'go', environment: name };
  const reason = noKafka(name);
  return changes ? refuse(reason) : { kind: 'go', environment: name, warning: reason };
};

/** What a name may look like: it is typed by hand and stands in messages. */
export const environmentName = /^[a-z0-9][a-z0-9-]{0,31}$/;

/** What naming an environment comes to. `insteadOf` is the name that the person expects to replace. */
export type Naming = {
  readonly name: string;
  readonly insteadOf?: string;
  readonly clusterId?: string;
  /** The environments to which the topics of that Kafka say that they belong. */
  readonly owners?: readonly string[];
};

const othersOf = ({ name, owners = [] }: Naming): readonly string[] =>
  owners.filter((owner) => owner !== name);

/** Does the Kafka that is named differ from the one that is recorded? */
const isMoved = (present: EnvironmentMarker, clusterId: string | undefined): boolean =>
  present.kafkaClusterId !== undefined && clusterId !== undefined && present.kafkaClusterId !== clusterId;

/** Why the environment keeps its name. */
const whyKeep = (
  present: EnvironmentMarker | undefined,
  { name, insteadOf, clusterId }: Naming,
): string | undefined => {
  if (!present || insteadOf === present.name) return undefined;
  const moved = isMoved(present, clusterId);
  if (present.name === name && !moved) return undefined;
  const other = moved ? ', with another Kafka' : '';
  return `this is the environment ${present.name}${other}; to change that, add --instead-of ${present.name}`;
};

/** Why nothing is replaced: what the person expects to replace is neither here nor there. */
const whyNotInstead = (present: EnvironmentMarker | undefined, naming: Naming): string | undefined => {
  const { insteadOf } = naming;
  if (insteadOf === undefined || insteadOf === present?.name || othersOf(naming).includes(insteadOf))
    return undefined;
  return `this is ${present?.name ?? 'an environment without a name'}, not ${insteadOf}`;
};

/** Why the topics stay whose they are. */
const whyKeepTopics = (naming: Naming): string | undefined => {
  const others = othersOf(naming);
  const kept = others.find((other) => other !== naming.insteadOf);
  if (kept === undefined) return undefined;
  return (
    `the topics of this Kafka belong to the environment ${others.join(' and ')}: another environment needs a Kafka of ` +
    `its own (--brokers, kafka.brokers); to hand them over, stop its services and add --instead-of ${kept}`
  );
};

/** What is to be written: into the database, and of the topics, which no more belong to `handedOver`. */
export type Named = { readonly marker: EnvironmentMarker; readonly handedOver: readonly string[] };

/**
 * What to write, or why not: a named environment is renamed, or moved to another Kafka, and topics are handed over, only
 * on purpose.
 */
export const judgeNaming = (
  present: EnvironmentMarker | undefined,
  naming: Naming,
): Named | { readonly refused: string } => {
  const refused = whyNotInstead(present, naming) ?? whyKeep(present, naming) ?? whyKeepTopics(naming);
  if (refused !== undefined) return { refused };
  const kafkaClusterId = naming.clusterId ?? present?.kafkaClusterId;
  return {
    marker: { name: naming.name, ...(kafkaClusterId === undefined ? {} : { kafkaClusterId }) },
    handedOver: othersOf(naming),
  };
};
