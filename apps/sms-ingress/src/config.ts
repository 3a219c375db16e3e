import { KafkaServiceConfig } from '@stopcovid/kafka';
import { IsMongoUrl } from '@stopcovid/mongo';
import { ConfigError, Secret, Setting } from '@stopcovid/runtime';
import { twilioAccessOf, withTwilio, type TwilioAccess } from '@stopcovid/twilio';
import { IsInt, Max, Min } from 'class-validator';
import type { SweepPolicy } from './inbound-sweep';

/** What sms-ingress takes from the environment. */
export class IngressConfig extends withTwilio(KafkaServiceConfig, ['TWILIO_AUTH_TOKEN']) {
  @Setting({
    description:
      'The address by which Twilio reaches this service, with the path prefix of a proxy if there is one. Signatures are checked against it.',
    example: 'https://sms.example.org',
  })
  readonly PUBLIC_URL!: URL;

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
}

/** What the module needs of the configuration: all but where Kafka is. */
export type IngressSettings = Pick<IngressConfig, 'PUBLIC_URL' | 'TWILIO_AUTH_TOKEN' | 'PRODUCE_TIMEOUT_MS'>;

/** What a sweep needs to know. */
export type SweepSettings = {
  readonly access: TwilioAccess;
  /** Our own numbers, as the carrier writes them; when empty, all that came in is swept. */
  readonly numbers: readonly string[];
  readonly policy: SweepPolicy;
  readonly mongoUrl: Secret;
  readonly environment?: string | undefined;
};

/** The settings of the sweep, or undefined where it is off. Throws a ConfigError when one that it needs is not set. */
export const sweepSettingsOf = (config: IngressConfig): SweepSettings | undefined => {
  if (config.INBOUND_SWEEP_MINUTES === 0) return undefined;
  const { TWILIO_ACCOUNT_SID: accountSid, MONGODB_URL: mongoUrl } = config;
  if (accountSid === undefined || mongoUrl === undefined)
    throw new ConfigError('IngressConfig', [
      'INBOUND_SWEEP_MINUTES needs TWILIO_ACCOUNT_SID and MONGODB_URL',
    ]);
  return {
    access: twilioAccessOf(config),
    numbers: config.INBOUND_SWEEP_NUMBERS,
    policy: {
      everyMs: config.INBOUND_SWEEP_MINUTES * 60_000,
      reachMs: config.INBOUND_SWEEP_HOURS * 3_600_000,
      settleMs: config.INBOUND_SWEEP_SETTLE_SECONDS * 1_000,
    },
    mongoUrl,
    environment: config.DIALOG_ENVIRONMENT,
  };
};
