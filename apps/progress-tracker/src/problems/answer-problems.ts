import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { TooManyRequests, type Logger } from '@stopcovid/runtime';
import { STATUS_CODES } from 'node:http';
import { DocumentUnreadable } from '../progress/progress-store';
import { addressOf, catalogue, type ProblemKind } from './catalogue';
import { Problem } from './problem';

type Request = { readonly id: string; readonly is404?: boolean };
type Reply = {
  readonly sent: boolean;
  readonly code: (status: number) => Reply;
  readonly header: (name: string, value: string) => Reply;
  readonly send: (body: unknown) => unknown;
};
type Answer = { readonly status: number; readonly body: object };

/* What others throw, by its status: guards, limits, Fastify. */
const kinds: Readonly<Partial<Record<number, ProblemKind>>> = {
  400: 'malformed-request',
  401: 'key-needed',
  403: 'forbidden',
  404: 'not-found',
  413: 'too-large',
  414: 'malformed-request',
  415: 'unsupported-media-type',
  429: 'too-many-requests',
  500: 'internal-error',
};

const kindOf = (status: number, { is404 }: Request): ProblemKind | undefined =>
  status === 404 && is404 === true ? 'no-such-route' : kinds[status];

const instanceOf = ({ id }: Request): string => `urn:uuid:${id}`;

const written = ({ kind, detail, members }: Problem, request: Request): Answer => {
  const { status, title } = catalogue[kind];
  const type = addressOf(kind);
  return { status, body: { type, title, status, detail, instance: instanceOf(request), ...members } };
};

/** A status that the catalogue does not have says all there is to say (RFC 9457, 4.2.1). */
const plain = (error: HttpException, request: Request): Answer => {
  const status = error.getStatus();
  const title = STATUS_CODES[status] ?? 'Unknown';
  return {
    status,
    body: { type: 'about:blank', title, status, detail: error.message, instance: instanceOf(request) },
  };
};

/** What Fastify and its plugins throw says its status; above 499 it is a mistake all the same. */
const refusalIn = (error: unknown): HttpException | undefined => {
  if (error instanceof HttpException) return error;
  const status: unknown = error instanceof Error ? Reflect.get(error, 'statusCode') : undefined;
  const refuses = typeof status === 'number' && status >= 400 && status < 500;
  return refuses ? new HttpException((error as Error).message, status) : undefined;
};

const answerTo = (error: unknown, request: Request): Answer => {
  if (error instanceof Problem) return written(error, request);
  if (error instanceof DocumentUnreadable) {
    const detail = `A document cannot be read here (${error.message}).`;
    return written(new Problem('document-unreadable', detail), request);
  }
  const refusal = refusalIn(error);
  if (refusal === undefined)
    return written(new Problem('internal-error', 'The log has what it was.'), request);
  const kind = kindOf(refusal.getStatus(), request);
  return kind === undefined ? plain(refusal, request) : written(new Problem(kind, refusal.message), request);
};

/** Answers whatever is thrown as `application/problem+json`, of a kind in the catalogue. */
@Catch()
export class AnswerProblems implements ExceptionFilter {
  constructor(private readonly logger: Pick<Logger, 'error'>) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(error, http.getRequest<Request>(), http.getResponse<Reply>());
  }

  /** Also what never came as far as a route. */
  answer(error: unknown, request: Request, reply: Reply): void {
    const { status, body } = answerTo(error, request);
    if (status === 500)
      this.logger.error({ err: error, req: { id: request.id } }, 'a request met a mistake of ours');
    if (reply.sent) return;
    if (status === 401) reply.header('www-authenticate', 'Bearer');
    if (error instanceof TooManyRequests) reply.header('retry-after', String(error.retryAfterSeconds));
    reply
      .code(status)
      .header('content-type', 'application/problem+json; charset=utf-8')
      .send(JSON.stringify(body));
  }
}
