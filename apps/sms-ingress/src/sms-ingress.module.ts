import {
  Inject,
  Module,
  type BeforeApplicationShutdown,
  type DynamicModule,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Publisher } from '@stopcovid/kafka';
import { RuntimeModule, type Runtime } from '@stopcovid/runtime';
import { tokensOf } from '@stopcovid/twilio';
import type { IngressSettings } from './config';
import { handleWebhook, type HandleWebhook } from './handle-webhook';
import { observed } from './observed';
import { signatureCheck } from './signature';
import type { InboundSweep } from './inbound-sweeping';
import { HANDLE_WEBHOOK, WebhookController } from './webhook.controller';
import { webhookUrl } from './webhook-url';

/** The world around the ingress. */
export type IngressParts = {
  readonly publisher: Publisher;
  /** What looks for texts that never came by webhook; nothing does when it is left out. */
  readonly sweep?: InboundSweep;
  /** Milliseconds since 1970; the process's clock by default. */
  readonly now?: () => number;
};

/** What the module is made of. */
export type IngressSetting = {
  readonly config: IngressSettings;
  readonly runtime: Runtime;
  readonly parts: IngressParts;
};

const PARTS = Symbol('PARTS');

/** Twilio's webhooks in, commands and log records out. Owns nothing. */
@Module({})
export class SmsIngressModule
  implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown
{
  constructor(@Inject(PARTS) private readonly parts: IngressParts) {}

  static with({ config, runtime, parts }: IngressSetting): DynamicModule {
    const tokens = tokensOf(config.TWILIO_AUTH_TOKEN);
    if (tokens.length === 0) throw new Error('TWILIO_AUTH_TOKEN holds no token');
    const handle: HandleWebhook = handleWebhook({
      publisher: parts.publisher,
      isSigned: signatureCheck(config.PUBLIC_URL, tokens),
      now: parts.now ?? runtime.clock.now,
      produceLimitMs: config.PRODUCE_TIMEOUT_MS,
    });
    runtime.logger.info({ webhookUrl: webhookUrl(config.PUBLIC_URL) }, 'paste this URL into Twilio');
    return {
      module: SmsIngressModule,
      imports: [RuntimeModule.with(runtime)],
      controllers: [WebhookController],
      providers: [
        { provide: PARTS, useValue: parts },
        { provide: HANDLE_WEBHOOK, useValue: observed(handle, runtime) },
      ],
    };
  }

  onApplicationBootstrap(): void {
    this.parts.sweep?.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.parts.sweep?.stop();
  }

  /** After HTTP has drained: nothing can be produced any more. */
  async onApplicationShutdown(): Promise<void> {
    await this.parts.publisher.close();
  }
}

/** How the app takes bodies: the bytes of any content type, at most 64 KiB; and what it logs of them. For `bootstrapApp`. */
export const ingressHttp = {
  bodyLimitBytes: 64 * 1024,
  /* Metrics count them; what became of one that was not taken is logged. */
  routine: (path: string): boolean => path.startsWith('/webhooks/'),
  configure: (app: NestFastifyApplication): void => {
    app.useBodyParser('*', {}, (_request, body, done) => done(null, body));
  },
};
