import { KafkaServiceConfig } from '@stopcovid/kafka';
import { IsMongoUrl } from '@stopcovid/mongo';
import { Secret, Setting } from '@stopcovid/runtime';
import { IsInt, Matches, Max, Min } from 'class-validator';
import type { CarrierListSettings } from './carrier-list';
import type { SweepPolicy } from './inbound-sweep';

/** What sms-ingress takes from the environment. */
export class IngressConfig extends KafkaServiceConfig {
  @Setting({
    description:
      'The address by which Twilio reaches this service, with the path prefix of a proxy if there is one. Signatures are checked against it.',
    example: 'https://sms.example.org',
  })
  readonly PUBLIC_URL!: URL;

  @Setting({
    description:
      'The auth tokens of the Twilio account, joined by commas: any of them may sign a webhook, so that a token can be changed without losing a text.',
    example: 'the-present-token,the-next-token',
  })
  readonly TWILIO_AUTH_TOKEN!: Secret;

  @Setting({
    description:
      'How long Kafka may take to accept a text, in milliseconds. After that the answer is 503 and Twilio tries again; shorter than the 4 s that Twilio waits.',
    example: '3000',
  })
  @IsInt()
  @Min(10)
  @Max(14_000)
  readonly PRODUCE_TIMEOUT_MS: number = 3_000;

  @Setting({
    description:
      "How often Twilio's list is swept for texts that never reached us, in minutes; 0 never. It needs TWILIO_ACCOUNT_SID and MONGODB_URL.",
    example: '10',
  })
  @Min(0)
  @Max(1_440)
  readonly INBOUND_SWEEP_MINUTES: number = 0;

  @Setting({
    description: 'How far back a sweep looks at most, in hours; shorter than commands are kept (14 days).',
    example: '72',
  })
  @Min(0.1)
  @Max(312)
  readonly INBOUND_SWEEP_HOURS: number = 72;

  @Setting({
    description: 'Texts younger than this are left to their webhooks by the sweep, in seconds.',
    example: '120',
  })
  @Min(0)
  @Max(3_600)
  readonly INBOUND_SWEEP_SETTLE_SECONDS: number = 120;

  @Setting({
    description:
      'Our numbers whose texts are swept, as Twilio writes them, joined by commas. Without it the list of the whole account is read, with all that went out.',
    example: '+12025550100,whatsapp:+12025550100',
    type: 'list',
  })
  readonly INBOUND_SWEEP_NUMBERS: string[] = [];

  @Setting({
    description: 'The MongoDB database in which replicas agree on who sweeps.',
    example: 'mongodb://mongo:27017/stopcovid',
    optional: true,
  })
  @IsMongoUrl
  readonly MONGODB_URL?: Secret;

  @Setting({
    description: "The Twilio account's sid, for the sweep.",
    example: 'AC00000000000000000000000000000001',
    optional: true,
  })
  @Matches(/^AC[0-9a-zA-Z]{32}$/)
  readonly TWILIO_ACCOUNT_SID?: string;

  @Setting({
    description: 'An API key to sweep with instead of the first auth token.',
    example: 'SK00000000000000000000000000000001',
    optional: true,
  })
  @Matches(/^SK[0-9a-zA-Z]{32}$/)
  readonly TWILIO_API_KEY_SID?: string;

  @Setting({ description: "The API key's secret.", example: 'a-long-secret', optional: true })
  readonly TWILIO_API_KEY_SECRET?: Secret;

  @Setting({ description: "Where Twilio's API is, or an emulator of it.", example: 'https://api.twilio.com' })
  readonly TWILIO_API_URL: URL = new URL('https://api.twilio.com');
}

/** What the module needs of the configuration: all but where Kafka is. */
export type IngressSettings = Pick<IngressConfig, 'PUBLIC_URL' | 'TWILIO_AUTH_TOKEN' | 'PRODUCE_TIMEOUT_MS'>;

/** The tokens in their order; an empty one would make everybody's signature good. */
export const tokensOf = (secret: Secret): readonly string[] =>
  secret
    .reveal()
    .split(',')
    .map((token) => token.trim())
    .filter((token) => token !== '');

/** What a sweep needs to know. */
export type SweepSettings = {
  readonly list: CarrierListSettings;
  readonly policy: SweepPolicy;
  readonly mongoUrl: Secret;
};

const credentialsOf = (config: IngressConfig, accountSid: string) =>
  config.TWILIO_API_KEY_SID !== undefined && config.TWILIO_API_KEY_SECRET !== undefined
    ? { username: config.TWILIO_API_KEY_SID, password: config.TWILIO_API_KEY_SECRET.reveal() }
    : { username: accountSid, password: tokensOf(config.TWILIO_AUTH_TOKEN)[0] ?? '' };

/** The settings of the sweep, or undefined where it is off. Throws when one that it needs is not set. */
export const sweepSettingsOf = (config: IngressConfig): SweepSettings | undefined => {
  if (config.INBOUND_SWEEP_MINUTES === 0) return undefined;
  const { TWILIO_ACCOUNT_SID: accountSid, MONGODB_URL: mongoUrl } = config;
  if (accountSid === undefined || mongoUrl === undefined)
    throw new Error('INBOUND_SWEEP_MINUTES needs TWILIO_ACCOUNT_SID and MONGODB_URL');
  return {
    list: {
      accountSid,
      ...credentialsOf(config, accountSid),
      apiUrl: config.TWILIO_API_URL,
      numbers: config.INBOUND_SWEEP_NUMBERS,
    },
    policy: {
      everyMs: config.INBOUND_SWEEP_MINUTES * 60_000,
      reachMs: config.INBOUND_SWEEP_HOURS * 3_600_000,
      settleMs: config.INBOUND_SWEEP_SETTLE_SECONDS * 1_000,
    },
    mongoUrl,
  };
};
