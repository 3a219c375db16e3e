import { KafkaServiceConfig } from '@stopcovid/kafka';
import { Secret, Setting } from '@stopcovid/runtime';
import { IsInt, Max, Min } from 'class-validator';

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
