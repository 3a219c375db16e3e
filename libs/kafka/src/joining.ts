import { type HealthState, tellWhy, waitFor } from '@stopcovid/runtime';
import type { Consumer } from 'kafkajs';
import type { KafkaBatchOptions } from './kafka-batch-options';
import { kafkaBackoff, whyNotReached } from './why-not-reached';

/** The way of a consumer into its group: while it is not there, log and readiness say why. */
export class Joining {
  /** The check of readiness that tells of it. */
  readonly check: string;

  constructor(
    private readonly options: KafkaBatchOptions,
    private readonly topics: () => readonly string[],
  ) {
    this.check = `kafka:${options.group}`;
  }

  /** Connects and subscribes as soon as the brokers let us; `sign` is called at each try. Rejects once aborted. */
  subscribe(consumer: Consumer, sign: () => void, until: AbortSignal): Promise<void> {
    const { gate, kafka, group, logger, health } = this.options;
    const topics = [...this.topics()];
    const subscribe = async (): Promise<void> => {
      sign();
      await gate?.enter();
      await consumer.connect();
      await consumer.subscribe({ topics, fromBeginning: true });
    };
    const why = (error: unknown) => whyNotReached(error, kafka, topics);
    const about = { group, topics };
    return waitFor(subscribe, {
      check: this.check,
      why,
      logger,
      health,
      until,
      about,
      backoff: kafkaBackoff,
    });
  }

  /** The consumer has left and tries again by itself. */
  brokeOff(error: Error): void {
    const { kafka, group } = this.options;
    const { about, ...why } = whyNotReached(error, kafka, this.topics());
    tellWhy(this.check, { ...why, about: { group, ...about } }, this.options);
  }

  joined(): void {
    this.options.health?.goesOn(this.check);
  }

  /** What readiness says of a consumer that has not joined, as long as no try has failed. */
  notYet(): HealthState {
    const { brokers } = this.options.kafka;
    return {
      up: false,
      detail: `has not joined its group at Kafka ${brokers.join(',')} (KAFKA_BROKERS) yet`,
    };
  }
}
