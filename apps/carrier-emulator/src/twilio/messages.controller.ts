import { setTimeout as pause } from 'node:timers/promises';
import {
  Controller,
  Get,
  Headers,
  HttpException,
  Inject,
  Param,
  Post,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Carrier } from '../carrier/carrier';
import type { Ordeal } from '../carrier/faults';
import type { Message } from '../carrier/message';
import { refusals, type Refusal } from '../carrier/refusals';
import { isAuthorised, type Credentials } from './credentials';
import { readMessageForm, type Fields } from './message-form';
import { messagePage, readListRequest } from './message-page';
import { messageJson, messagesPath, refusalJson } from './twilio-json';

export const CREDENTIALS = Symbol('CREDENTIALS');

const refuse = (refusal: Refusal): HttpException =>
  new HttpException(refusalJson(refusal), refusal.httpStatus);

/** The part of Twilio's HTTP that its own client uses for messages. */
@Controller('2010-04-01/Accounts/:account')
export class MessagesController {
  constructor(
    @Inject(Carrier) private readonly carrier: Carrier,
    @Inject(CREDENTIALS) private readonly credentials: Credentials,
  ) {}

  @Post('Messages.json')
  async create(
    @Param('account') account: string,
    @Req() { headers, body }: FastifyRequest<{ Body: Fields | undefined }>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    this.authorise(account, headers.authorization);
    const ordeal = this.carrier.drawOrdeal();
    if (ordeal === 'throttled') return this.throttle(reply);
    const result = this.carrier.accept(readMessageForm(body ?? {}));
    if (!result.ok) throw refuse(result.refusal);
    await this.answer(reply, ordeal, result.message);
  }

  @Get('Messages.json')
  list(
    @Param('account') account: string,
    @Headers('authorization') authorization: string | undefined,
    @Query() query: Fields,
  ) {
    this.authorise(account, authorization);
    const read = readListRequest(query);
    if (!read.ok) throw refuse(read.refusal);
    return messagePage(account, this.carrier.messages.newestFirst(read.request.filter), read.request);
  }

  @Get('Messages/:file')
  fetch(
    @Param('account') account: string,
    @Headers('authorization') authorization: string | undefined,
    @Param('file') file: string,
  ) {
    this.authorise(account, authorization);
    const message = this.carrier.messages.get(file.replace(/\.json$/, ''));
    if (!message) throw refuse(refusals.notFound(`${messagesPath(account)}/${file}`));
    return messageJson(account, message);
  }

  private authorise(account: string, authorization: string | undefined): void {
    if (!isAuthorised(this.credentials, authorization, account)) throw refuse(refusals.authenticate());
  }

  private throttle(reply: FastifyReply): void {
    const { retryAfterSeconds } = this.carrier.settings;
    if (retryAfterSeconds > 0) void reply.header('Retry-After', String(retryAfterSeconds));
    void reply.status(429).send(refusalJson(refusals.tooManyRequests()));
  }

  /** The message is accepted by now: whatever goes wrong here leaves the client in doubt, which is the point. */
  private async answer(reply: FastifyReply, ordeal: Ordeal, message: Message): Promise<void> {
    const { answerDelayMs } = this.carrier.settings;
    if (answerDelayMs > 0) await pause(answerDelayMs, undefined, { ref: false });
    if (ordeal === 'dropped') {
      reply.hijack();
      reply.raw.destroy();
    } else if (ordeal === 'failed') {
      void reply.status(500).send(refusalJson(refusals.internal()));
    } else {
      void reply.status(201).send(messageJson(this.credentials.accountSid, message));
    }
  }
}
