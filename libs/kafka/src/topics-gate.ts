import type { Logger, Runtime } from '@stopcovid/runtime';
import type { KafkaConnection } from './kafka-client';
import { connectionOf, type KafkaServiceConfig } from './kafka-config';
import { isMarked, markedEnvironments, markTopics, ownersFor } from './topics-mark';
import { TopicRefused } from './topics';

/** The topics say that they belong to another environment. Somebody may yet set that right, here or there. */
export class OtherEnvironment extends Error {
  override readonly name = 'OtherEnvironment';
}

/** Whose topics these are, by their marks, and who asks. */
type Asked = {
  readonly connection: Pick<KafkaConnection, 'brokers'>;
  readonly owners: readonly string[];
  readonly environment: string;
};

/** Why an environment may not use the topics; undefined when they are its own, or say nothing. */
export const whyNotOurs = ({ connection, owners, environment }: Asked): string | undefined => {
  if (owners.every((owner) => owner === environment)) return undefined;
  const named = `${owners.length > 1 ? 'environments' : 'environment'} ${owners.join(' and ')}`;
  return (
    `the topics of ${connection.brokers.join(',')} belong to the ${named}, and DIALOG_ENVIRONMENT says ${environment}: ` +
    'another environment needs a Kafka of its own, set KAFKA_BROKERS (kafka.brokers) or DIALOG_ENVIRONMENT right; ' +
    'dialog environment set with --instead-of hands the topics over'
  );
};

export type GateOptions = {
  readonly connection: KafkaConnection;
  /** Who we are; a service that does not say is let in. */
  readonly environment: string | undefined;
  readonly logger?: Logger;
  /** As in `markedEnvironments`. */
  readonly prefix?: string;
};

/** What a service must pass before it joins a group or publishes: the topics must be those of its environment. */
export class TopicsGate {
  #entered: Promise<void> | undefined;

  constructor(private readonly options: GateOptions) {}

  /**
   * Asks the brokers until it was let in once, and marks topics that say nothing. Rejects with OtherEnvironment, or as the
   * brokers answer; the next call asks again.
   */
  enter(): Promise<void> {
    this.#entered ??= this.#ask().catch((error: unknown) => {
      this.#entered = undefined;
      throw error;
    });
    return this.#entered;
  }

  async #ask(): Promise<void> {
    const { environment, connection, prefix } = this.options;
    if (environment === undefined) return;
    let owners = await ownersFor(environment, {
      all: () => markedEnvironments(connection, prefix),
      own: () => isMarked(connection, environment, prefix),
    });
    if (owners.length === 0) {
      await this.#mark(environment);
      /* Another environment may have done so at the same time. */
      owners = await markedEnvironments(connection, prefix);
    }
    const reason = whyNotOurs({ connection, owners, environment });
    if (reason !== undefined) throw new OtherEnvironment(reason);
  }

  async #mark(environment: string): Promise<void> {
    const { connection, prefix, logger } = this.options;
    try {
      await markTopics(connection, environment, { prefix });
      logger?.info({ environment }, 'the topics belong to this environment from now on');
    } catch (error) {
      if (!(error instanceof TopicRefused)) throw error;
      const reason = error.message;
      logger?.warn(
        { environment, reason },
        'the topics do not say whose they are; dialog topics create does that',
      );
    }
  }
}

/** A service, and what marks begin with where that is not `markPrefix`: specs share a Kafka. */
export type Entrant = {
  readonly runtime: Runtime;
  readonly config: KafkaServiceConfig;
  readonly markPrefix?: string;
};

/** The gate of a service, which is of the environment that it is told. */
export const gateOf = ({ runtime: { logger, service }, config, markPrefix }: Entrant): TopicsGate =>
  new TopicsGate({
    connection: connectionOf(config, service),
    environment: config.DIALOG_ENVIRONMENT,
    logger,
    ...(markPrefix !== undefined && { prefix: markPrefix }),
  });
