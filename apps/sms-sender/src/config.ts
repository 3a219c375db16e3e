import { KafkaServiceConfig } from '@stopcovid/kafka';
import { IsMongoUrl } from '@stopcovid/mongo';
import { AreApiKeys, ConfigError, Secret, Setting } from '@stopcovid/runtime';
import { tokensOf, withTwilio } from '@stopcovid/twilio';
import { IsIn, IsInt, Matches, Max, Min } from 'class-validator';
import type { DeliveryPolicy } from './outbox/deliver';
import type { TwilioSettings } from './carrier/twilio-gateway';

/** What sms-sender takes from the environment. */
export class SenderConfig extends withTwilio(KafkaServiceConfig, [
  'TWILIO_ACCOUNT_SID',
  'TWILIO_AUTH_TOKEN',
]) {
  @Setting({
    description: 'The MongoDB database, as a connection string with its name.',
    example: 'mongodb://mongo:27017/stopcovid',
  })
  @IsMongoUrl
  readonly MONGODB_URL!: Secret;

  @Setting({ description: 'The consumer group at Kafka.', example: 'sms-sender' })
  readonly KAFKA_GROUP: string = 'sms-sender';

  @Setting({
    description: "The messaging service that sends, unless a trainee's account names another.",
    example: 'MG00000000000000000000000000000001',
    optional: true,
  })
  @Matches(/^MG[0-9a-zA-Z]{32}$/)
  readonly TWILIO_MESSAGING_SERVICE_SID?: string;

  @Setting({
    description: 'The number that sends where there is no messaging service.',
    example: '+12025550100',
    optional: true,
  })
  @Matches(/^\+[1-9]\d{6,14}$/)
  readonly TWILIO_FROM?: string;

  @Setting({
    description:
      "Where Twilio reports what became of a text: sms-ingress's public address and /webhooks/twilio/status. Without it only the list tells.",
    example: 'https://sms.example.org/webhooks/twilio/status',
    optional: true,
  })
  readonly STATUS_CALLBACK_URL?: URL;

  @Setting({ description: 'How long one call to Twilio may take, in milliseconds.', example: '10000' })
  @IsInt()
  @Min(10)
  @Max(60_000)
  readonly TWILIO_TIMEOUT_MS: number = 10_000;

  @Setting({
    description: 'How long Twilio may keep a text that it cannot deliver yet, in seconds.',
    example: '14400',
  })
  @IsInt()
  @Min(1)
  @Max(36_000)
  readonly SMS_VALIDITY_SECONDS: number = 14_400;

  @Setting({ description: "The account's rate: messages per second over all replicas.", example: '10' })
  @Min(0.1)
  readonly SMS_PER_SECOND: number = 10;

  @Setting({
    description: "The account's rate of segments per second over all replicas, where it has one.",
    example: '20',
    optional: true,
  })
  @Min(0.1)
  readonly SMS_SEGMENTS_PER_SECOND?: number;

  @Setting({ description: 'How many phones are sent to at the same time.', example: '50' })
  @IsInt()
  @Min(1)
  readonly SMS_IN_FLIGHT: number = 50;

  @Setting({ description: 'The pause after a text to the same phone, in milliseconds.', example: '3000' })
  @IsInt()
  @Min(0)
  readonly SMS_PAUSE_MS: number = 3_000;

  @Setting({ description: 'The pause after a text with media, in milliseconds.', example: '10000' })
  @IsInt()
  @Min(0)
  readonly SMS_MEDIA_PAUSE_MS: number = 10_000;

  @Setting({
    description: 'Texts older than this are not sent any more, in hours.',
    example: '24',
  })
  @Min(0.01)
  readonly SMS_MAX_AGE_HOURS: number = 24;

  @Setting({
    description:
      "How long to wait before each of two looks into Twilio's list for a text that it may have, in milliseconds.",
    example: '15000',
  })
  @IsInt()
  @Min(0)
  readonly SMS_LOOK_AFTER_MS: number = 15_000;

  @Setting({
    description:
      "What to do with a text that is not in Twilio's list after two looks: park (sent at most once) or resend (at least once).",
    example: 'park',
  })
  @IsIn(['park', 'resend'])
  readonly SMS_UNDECIDED: 'park' | 'resend' = 'park';

  @Setting({
    description: 'The first pause before a text is tried again that was surely not taken, in milliseconds.',
    example: '1000',
  })
  @IsInt()
  @Min(1)
  readonly SMS_RETRY_MS: number = 1_000;

  @Setting({
    description:
      'How often the same text may go to a phone within SMS_LOOP_MINUTES; more is taken for a loop and not sent. 0 allows any number.',
    example: '30',
  })
  @IsInt()
  @Min(0)
  readonly SMS_LOOP_LIMIT: number = 30;

  @Setting({ description: 'The time over which repeats of a text are counted, in minutes.', example: '30' })
  @Min(0.01)
  readonly SMS_LOOP_MINUTES: number = 30;

  @Setting({
    description:
      'So many phones may wait for scheduled texts before schedules should start no more drills: without it a thousand for each text a second of the rate, 10,000 at most. 0 allows any number.',
    example: '10000',
    optional: true,
  })
  @IsInt()
  @Min(0)
  readonly SMS_BACKLOG_LIMIT?: number;

  @Setting({ description: 'How often the waiting phones are counted, in milliseconds.', example: '2000' })
  @IsInt()
  @Min(100)
  readonly SMS_BACKLOG_EVERY_MS: number = 2_000;

  @Setting({
    description:
      'Who may ask for GET /v1/pressure, as name=key with commas between, a key as it is or as sha256: and its hash; without it nobody may.',
    example: 'dialog-engine=a-long-random-key',
    optional: true,
  })
  @AreApiKeys
  readonly API_KEYS?: Secret;

  @Setting({
    description: 'Numbers that begin so are never sent to, joined by commas.',
    example: '+1555,+999',
  })
  readonly SMS_FAKE_NUMBERS: string[] = ['+1555'];

  @Setting({
    description: 'Words whose consent or help answer the carrier sends by itself, joined by commas.',
    example: 'STOP,START,HELP',
  })
  readonly SMS_CARRIER_ANSWERS: string[] = [];

  @Setting({
    description:
      'Replaces typographic quotes, dashes and blanks by plain ones where that makes a text GSM-7.',
    example: 'true',
  })
  readonly SMS_PLAIN_SIGNS: boolean = false;

  @Setting({ description: 'An emoji before praise; makes the text more expensive.', example: 'true' })
  readonly SMS_EMOJIS: boolean = false;

  @Setting({
    description: 'Where the pictures that drills name by a relative path are found.',
    example: 'https://media.example.org/',
    optional: true,
  })
  readonly MEDIA_BASE_URL?: URL;

  @Setting({
    description: 'The folder of the drills, whose copy.yaml says our own sentences otherwise.',
    example: '/drills',
    optional: true,
  })
  readonly DRILLS_DIR?: string;

  @Setting({
    description: 'A bundle of drills behind an address, instead of the folder.',
    example: 'https://content.example.org/drills.json',
    optional: true,
  })
  readonly DRILLS_URL?: URL;

  @Setting({ description: 'How often that file is looked at again, in milliseconds.', example: '5000' })
  @IsInt()
  @Min(100)
  readonly DRILLS_EVERY_MS: number = 5_000;
}

/** What the module needs of the configuration: all but where Kafka and MongoDB are. */
export type SenderSettings = Omit<SenderConfig, keyof KafkaServiceConfig | 'MONGODB_URL' | 'KAFKA_GROUP'>;

const senderOf = (config: SenderSettings): TwilioSettings['sender'] => {
  if (config.TWILIO_MESSAGING_SERVICE_SID !== undefined)
    return { messagingServiceSid: config.TWILIO_MESSAGING_SERVICE_SID };
  if (config.TWILIO_FROM !== undefined) return { from: config.TWILIO_FROM };
  throw new ConfigError('SenderConfig', ['nobody sends: set TWILIO_MESSAGING_SERVICE_SID or TWILIO_FROM']);
};

/** How texts are handed over. Throws a ConfigError when neither a messaging service nor a number is set. */
export const twilioSettingsOf = (config: SenderSettings): TwilioSettings => ({
  sender: senderOf(config),
  ...(config.STATUS_CALLBACK_URL === undefined ? {} : { statusCallbackUrl: config.STATUS_CALLBACK_URL.href }),
  validityPeriodSeconds: config.SMS_VALIDITY_SECONDS,
});

/** A claim outlives the call by far: four times its limit, so that a claim found standing belongs to nobody alive. */
export const policyOf = (config: SenderSettings): DeliveryPolicy => ({
  pauseMs: config.SMS_PAUSE_MS,
  pauseAfterMediaMs: config.SMS_MEDIA_PAUSE_MS,
  maxAgeMs: config.SMS_MAX_AGE_HOURS * 3_600_000,
  claimMs: config.TWILIO_TIMEOUT_MS * 4,
  lookAfterMs: config.SMS_LOOK_AFTER_MS,
  looks: 2,
  onUndecided: config.SMS_UNDECIDED,
  retryMs: config.SMS_RETRY_MS,
  retryLaterMs: config.SMS_RETRY_MS * 60,
  ...(config.SMS_LOOP_LIMIT === 0
    ? {}
    : { loop: { limit: config.SMS_LOOP_LIMIT, windowMs: config.SMS_LOOP_MINUTES * 60_000 } }),
});

/** The key of the opaque message ids. Ids are kept with the texts, so a new token changes only those to come. */
export const idKeyOf = (config: SenderSettings): string => {
  const [token] = tokensOf(config.TWILIO_AUTH_TOKEN);
  if (token === undefined) throw new ConfigError('SenderConfig', ['TWILIO_AUTH_TOKEN holds no token']);
  return token;
};
