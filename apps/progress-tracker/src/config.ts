import { KafkaServiceConfig } from '@stopcovid/kafka';
import { IsMongoUrl } from '@stopcovid/mongo';
import { AreApiKeys, Secret, Setting } from '@stopcovid/runtime';
import { IsIn, IsInt, Min } from 'class-validator';
import { tokenAlgorithms, type TokenAlgorithm } from './keys/token-callers';
import { usualKeptDays } from './operations/mongo-command-records';
import { ArePublicKeys, IsRecordsKey } from './records/settings';
import { AreNetworks, IsWebhookKey } from './webhooks/settings';

/** What the environment may say to the progress tracker. */
export class ProgressTrackerConfig extends KafkaServiceConfig {
  @Setting({ description: 'The consumer group; all replicas share it.', example: 'progress-tracker' })
  readonly KAFKA_GROUP: string = 'progress-tracker';

  @Setting({
    description: 'The consumer group of the message log; all replicas share it.',
    example: 'progress-tracker-messages',
  })
  readonly KAFKA_MESSAGES_GROUP: string = 'progress-tracker-messages';

  @Setting({
    description: 'MongoDB, with the name of the database.',
    example: 'mongodb://mongo:27017/stopcovid',
  })
  @IsMongoUrl
  readonly MONGODB_URL!: Secret;

  @Setting({
    description: 'Who may ask, as name=key with commas between; a key may be given as sha256: and its hash.',
    example: 'dashboard=a-long-random-key',
  })
  @AreApiKeys
  readonly API_KEYS!: Secret;

  @Setting({
    description:
      'Where the public keys are by which bearer tokens (JWT) are verified; without it none is taken.',
    example: 'https://login.example.org/.well-known/jwks.json',
    optional: true,
  })
  readonly JWKS_URL?: URL;

  @Setting({
    description: 'Who must have issued a token: its claim iss, letter for letter. Needed with JWKS_URL.',
    example: 'login.example.org',
    optional: true,
  })
  readonly JWT_ISSUER?: string;

  @Setting({
    description: 'For whom a token must be: its claim aud. Needed with JWKS_URL.',
    example: 'stopcovid',
    optional: true,
  })
  readonly JWT_AUDIENCE?: string;

  @Setting({ description: 'How tokens must be signed; no other way is taken.', example: 'RS256' })
  @IsIn(tokenAlgorithms)
  readonly JWT_ALGORITHM: TokenAlgorithm = 'RS256';

  @Setting({
    description:
      'How many requests a second one key may make over time, of each replica; ten times as many at once.',
    example: '50',
  })
  @Min(0.1)
  readonly API_REQUESTS_PER_SECOND: number = 50;

  @Setting({
    description: 'How many days it can be asked what became of a command that an operator gave.',
    example: '90',
  })
  @IsInt()
  @Min(1)
  readonly COMMANDS_KEPT_DAYS: number = usualKeptDays;

  @Setting({ description: 'How long a file of trainees may be, in bytes.', example: '33554432' })
  @IsInt()
  @Min(1_024)
  readonly IMPORT_MAX_BYTES: number = 32 * 1_024 * 1_024;

  @Setting({ description: 'How many days the files of exports are kept.', example: '7' })
  @IsInt()
  @Min(1)
  readonly EXPORTS_KEPT_DAYS: number = 7;

  @Setting({
    description: 'How much the files of all exports may take up in MongoDB, in bytes.',
    example: '2147483648',
  })
  @IsInt()
  @Min(1_048_576)
  readonly EXPORTS_MAX_BYTES: number = 2 * 1_024 * 1_024 * 1_024;

  @Setting({
    description: "The account's rate that previews count with: messages per second, as in sms-sender.",
    example: '10',
  })
  @Min(0.1)
  readonly SMS_PER_SECOND: number = 10;

  @Setting({
    description: "The account's rate of segments per second, where it has one, as in sms-sender.",
    example: '20',
    optional: true,
  })
  @Min(0.1)
  readonly SMS_SEGMENTS_PER_SECOND?: number;

  @Setting({
    description: 'What a segment costs; previews and `GET /v1/stats/cost` tell costs where it is set.',
    example: '0.0079',
    optional: true,
  })
  @Min(0)
  readonly SMS_SEGMENT_PRICE?: number;

  @Setting({ description: 'The folder of the drills and their course.', example: '/drills' })
  readonly DRILLS_DIR: string = 'drills';

  @Setting({
    description: 'A bundle of drills behind an address, instead of the folder.',
    example: 'https://content.example.org/drills.json',
    optional: true,
  })
  readonly DRILLS_URL?: URL;

  @Setting({ description: 'How often the drills are looked at again, in milliseconds.', example: '5000' })
  @IsInt()
  @Min(100)
  readonly DRILLS_EVERY_MS: number = 5_000;

  @Setting({ description: 'How often it is looked at what has come due, in milliseconds.', example: '1000' })
  @IsInt()
  @Min(100)
  readonly SCHEDULE_EVERY_MS: number = 1_000;

  @Setting({
    description:
      'What secrets of webhooks are sealed with in MongoDB, 32 letters at least; without it nothing is sent to webhooks.',
    example: 'a-long-random-text-of-32-letters-or-more',
    optional: true,
  })
  @IsWebhookKey
  readonly WEBHOOK_KEY?: Secret;

  @Setting({ description: 'Whether webhooks may go to http:// as well, unencrypted.', example: 'yes' })
  readonly WEBHOOK_HTTP: boolean = false;

  @Setting({
    description:
      'Networks of your own that webhooks may be sent to, with commas between; all that is private is refused else.',
    example: '10.20.0.0/16,fd12:3456::/32',
    type: 'list',
  })
  @AreNetworks
  readonly WEBHOOK_NETWORKS: readonly string[] = [];

  @Setting({
    description:
      'The private Ed25519 key that completion records are signed with, as PEM or JWK; without it, RECORDS_ISSUER_NAME and RECORDS_URL there are none.',
    /* Of RFC 8037, which all the world knows. */
    example:
      '{"kty":"OKP","crv":"Ed25519","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}',
    optional: true,
  })
  @IsRecordsKey
  readonly RECORDS_KEY?: Secret;

  @Setting({
    description: 'Whom completion records are from, as people read it. Needed with RECORDS_KEY.',
    example: 'Acme Training',
    optional: true,
  })
  readonly RECORDS_ISSUER_NAME?: string;

  @Setting({
    description:
      'Where the public reaches `/records` and `/.well-known/jwks.json` of this service; addresses of records begin with it, so it stays. Needed with RECORDS_KEY.',
    example: 'https://records.example.org',
    optional: true,
  })
  readonly RECORDS_URL?: URL;

  @Setting({
    description:
      'The public keys that signed records before, each as `x` of its JWK, with commas between: what they signed stays verifiable.',
    example: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
    type: 'list',
  })
  @ArePublicKeys
  readonly RECORDS_EARLIER_KEYS: readonly string[] = [];
}

/** The part of the configuration that does not say where Kafka and MongoDB are. */
export type ProgressTrackerSettings = Pick<
  ProgressTrackerConfig,
  | 'API_KEYS'
  | 'JWKS_URL'
  | 'JWT_ISSUER'
  | 'JWT_AUDIENCE'
  | 'JWT_ALGORITHM'
  | 'API_REQUESTS_PER_SECOND'
  | 'IMPORT_MAX_BYTES'
  | 'EXPORTS_KEPT_DAYS'
  | 'EXPORTS_MAX_BYTES'
  | 'SMS_PER_SECOND'
  | 'SMS_SEGMENTS_PER_SECOND'
  | 'SMS_SEGMENT_PRICE'
  | 'DRILLS_DIR'
  | 'DRILLS_URL'
  | 'DRILLS_EVERY_MS'
  | 'SCHEDULE_EVERY_MS'
  | 'WEBHOOK_KEY'
  | 'WEBHOOK_HTTP'
  | 'WEBHOOK_NETWORKS'
  | 'RECORDS_KEY'
  | 'RECORDS_ISSUER_NAME'
  | 'RECORDS_URL'
  | 'RECORDS_EARLIER_KEYS'
>;
