import { ArrayMinSize, IsIn, IsInt, Matches, Max, Min } from 'class-validator';
import { Secret, ServiceConfig, Setting } from '@stopcovid/runtime';
import type { KafkaConnection } from './kafka-client';

const mechanisms = ['plain', 'scram-sha-256', 'scram-sha-512'] as const;

/** The settings of a service that talks to Kafka; a service's own class extends it. */
export class KafkaServiceConfig extends ServiceConfig {
  @Setting({
    description:
      'The environment that the database and the topics must belong to, where they say one: with any other the service waits.',
    example: 'production',
    optional: true,
  })
  readonly DIALOG_ENVIRONMENT?: string;

  @Setting({
    description: 'The brokers to start from, as host:port with commas between.',
    example: 'kafka-0:9092,kafka-1:9092',
    type: 'list',
  })
  @ArrayMinSize(1)
  @Matches(/^[\w.-]+:\d{1,5}$/, { each: true, message: 'must be host:port with commas between' })
  readonly KAFKA_BROKERS!: readonly string[];

  @Setting({ description: 'Encrypts the connections to Kafka.', example: 'true' })
  readonly KAFKA_SSL: boolean = false;

  @Setting({ description: 'How to log in to Kafka.', example: 'scram-sha-512', optional: true })
  @IsIn(mechanisms)
  readonly KAFKA_SASL_MECHANISM?: (typeof mechanisms)[number];

  @Setting({ description: 'The user at Kafka.', example: 'dialog-engine', optional: true })
  readonly KAFKA_SASL_USERNAME?: string;

  @Setting({ description: "The user's password at Kafka.", example: 'a-long-password', optional: true })
  readonly KAFKA_SASL_PASSWORD?: Secret;

  @Setting({
    description:
      'How long a consumer may be silent before others get its partitions, in milliseconds: how long they stand still after a crash.',
    example: '30000',
  })
  @IsInt()
  @Min(6_000)
  @Max(300_000)
  readonly KAFKA_SESSION_TIMEOUT_MS: number = 30_000;
}

const login = (
  mechanism: KafkaServiceConfig['KAFKA_SASL_MECHANISM'],
  username: string | undefined,
  password: Secret | undefined,
): Pick<KafkaConnection, 'sasl'> =>
  mechanism && username !== undefined && password
    ? { sasl: { mechanism, username, password: password.reveal() } }
    : {};

/** The connection that a configuration describes. */
export const connectionOf = (config: KafkaServiceConfig, clientId: string): KafkaConnection => ({
  brokers: config.KAFKA_BROKERS,
  clientId,
  ssl: config.KAFKA_SSL,
  ...login(config.KAFKA_SASL_MECHANISM, config.KAFKA_SASL_USERNAME, config.KAFKA_SASL_PASSWORD),
});
