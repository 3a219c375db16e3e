import { setTimeout as pause } from 'node:timers/promises';
import { Controller, Get, Headers, HttpException, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Carrier } from '../carrier/carrier';
import type { Garbage, Ordeal, PhoneFaults } from '../carrier/faults';
import type { Address, Message } from '../carrier/message';
import type { MessageFilter } from '../carrier/message-log';
import { refusals, type Refusal } from '../carrier/refusals';
import { sendAnswer, sendRefusal } from './disturbed-answer';
import { isAuthorised, type Credentials } from './credentials';
import { fieldsOf, readMessageForm, type Fields } from './message-form';
import { messagePage, readListRequest } from './message-page';
import { messageJson, messagesPath, refusalJson } from './twilio-json';

export const CREDENTIALS = Symbol('CREDENTIALS');

const refuse = (refusal: Refusal): HttpException =>
  new HttpException(refusalJson(refusal), refusal.httpStatus);

const throttle = (reply: FastifyReply, { retryAfterSeconds }: PhoneFaults): void => {
  if (retryAfterSeconds > 0) void reply.header('Retry-After', String(retryAfterSeconds));
  sendRefusal(reply, refusals.tooManyRequests(), 'none');
};

type Accepted = { readonly message: Message; readonly garbage: Garbage };

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
    @Req() { headers, body }: FastifyRequest<{ Body: unknown }>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    this.#authorise(account, headers.authorization);
    const request = readMessageForm(fieldsOf(body));
    const faults = this.carrier.faults.of(request.to);
    const ordeal = this.carrier.drawOrdeal(request.to);
    if (ordeal === 'throttled') {
      this.carrier.turnAway(request, refusals.tooManyRequests());
      return throttle(reply, faults);
    }
    const result = this.carrier.accept(request);
    if (!result.ok) this.carrier.turnAway(request, result.refusal);
    if (faults.answerDelayMs > 0) await pause(faults.answerDelayMs, undefined, { ref: false });
    if (!result.ok) return sendRefusal(reply, result.refusal, faults.garbage);
    this.#answer(reply, ordeal, { message: result.message, garbage: faults.garbage });
  }

  @Get('Messages.json')
  async list(
    @Param('account') account: string,
    @Req() { headers, query }: FastifyRequest<{ Querystring: Fields }>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    this.#authorise(account, headers.authorization);
    const read = readListRequest(query);
    if (!read.ok) throw refuse(read.refusal);
    const { filter } = read.request;
    const { listDelayMs, listGarbage } = this.carrier.faults.of(this.#phoneIn(filter));
    if (listDelayMs > 0) await pause(listDelayMs, undefined, { ref: false });
    const json = messagePage(account, this.carrier.list(filter), read.request);
    sendAnswer(reply, { status: 200, json }, listGarbage);
  }

  @Get('Messages/:file')
  fetch(
    @Param('account') account: string,
    @Headers('authorization') authorization: string | undefined,
    @Param('file') file: string,
  ) {
    this.#authorise(account, authorization);
    const message = this.carrier.messages.get(file.replace(/\.json$/, ''));
    if (!message) throw refuse(refusals.notFound(`${messagesPath(account)}/${file}`));
    return messageJson(account, message);
  }

  #authorise(account: string, authorization: string | undefined): void {
    if (!isAuthorised(this.credentials, authorization, account)) throw refuse(refusals.authenticate());
  }

  /** The phone that a list is about, when it is about one: our own number stands for all. */
  #phoneIn({ to, from }: MessageFilter): Address | undefined {
    return [to, from].find((address) => address !== undefined && address !== this.carrier.options.ownNumber);
  }

  /** The message is accepted by now: whatever goes wrong here leaves the client in doubt, which is the point. */
  #answer(reply: FastifyReply, ordeal: Ordeal, accepted: Accepted): void {
    if (ordeal === 'dropped') {
      reply.hijack();
      reply.raw.destroy();
    } else if (ordeal === 'failed') {
      sendRefusal(reply, refusals.internal(), 'none');
    } else {
      const json = messageJson(this.credentials.accountSid, accepted.message);
      sendAnswer(reply, { status: 201, json }, accepted.garbage);
    }
  }
}
