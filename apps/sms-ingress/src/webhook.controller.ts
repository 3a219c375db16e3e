import {
  BadRequestException,
  Controller,
  ForbiddenException,
  Header,
  HttpCode,
  Inject,
  Post,
  Req,
  ServiceUnavailableException,
} from '@nestjs/common';
import type { IncomingHttpHeaders } from 'node:http';
import { contextOf, TRACER, unreachable, type SpanContext, type Tracer } from '@stopcovid/runtime';
import type { HandleWebhook, WebhookAnswer } from './handle-webhook';
import type { WebhookKind } from './webhook-records';

/** The token of the function that handles a webhook. */
export const HANDLE_WEBHOOK = Symbol('HANDLE_WEBHOOK');

/** What is used of Fastify's request: `body` holds the bytes, by `ingressHttp`. */
type HttpRequest = {
  readonly headers: IncomingHttpHeaders;
  readonly originalUrl: string;
  readonly body: unknown;
  /** Where its span belongs; whoever traces requests reads it. */
  spanContext?: SpanContext;
};

const emptyTwiml = '<?xml version="1.0" encoding="UTF-8"?><Response/>';
const xml = 'text/xml; charset=utf-8';

/** Twilio's webhooks: one URL for both kinds, and one for each. */
@Controller('webhooks/twilio')
export class WebhookController {
  constructor(
    @Inject(HANDLE_WEBHOOK) private readonly handle: HandleWebhook,
    @Inject(TRACER) private readonly tracer: Pick<Tracer, 'isOn'>,
  ) {}

  @Post()
  @HttpCode(200)
  @Header('Content-Type', xml)
  either(@Req() request: HttpRequest): Promise<string> {
    return this.#answer('either', request);
  }

  @Post('messages')
  @HttpCode(200)
  @Header('Content-Type', xml)
  message(@Req() request: HttpRequest): Promise<string> {
    return this.#answer('text', request);
  }

  @Post('status')
  @HttpCode(200)
  @Header('Content-Type', xml)
  status(@Req() request: HttpRequest): Promise<string> {
    return this.#answer('status', request);
  }

  async #answer(kind: WebhookKind, request: HttpRequest): Promise<string> {
    const header = request.headers['x-twilio-signature'];
    const answer = await this.handle({
      kind,
      path: request.originalUrl,
      body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
      signature: typeof header === 'string' ? header : undefined,
    });
    if (answer.trace && this.tracer.isOn) request.spanContext = contextOf(answer.trace);
    return toHttp(answer);
  }
}

const toHttp = ({ outcome, reason }: WebhookAnswer): string => {
  switch (outcome) {
    case 'accepted':
    case 'ignored':
      return emptyTwiml;
    case 'forged':
      throw new ForbiddenException('the signature is missing or wrong');
    case 'refused':
      throw new BadRequestException(reason);
    case 'unavailable':
      throw new ServiceUnavailableException('try again');
    default:
      return unreachable(outcome);
  }
};
