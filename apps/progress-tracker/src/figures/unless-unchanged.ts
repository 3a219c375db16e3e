import { hash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import {
  Inject,
  Injectable,
  SetMetadata,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { callerIn } from '@stopcovid/runtime';
import { of, tap, type Observable } from 'rxjs';
import { STATS_DESK, type StatsDesk } from './stats-desk';

type Request = {
  readonly url: string;
  readonly headers: { readonly accept?: string; readonly 'if-none-match'?: string };
  readonly raw: IncomingMessage;
};
type Reply = { readonly header: (name: string, value: string) => Reply };

const timeKey = Symbol('by the minute');

/** Says of a route that its answer also goes by the time, to the minute. */
export const ByTheMinute = (): MethodDecorator => SetMetadata(timeKey, true);

const minuteMs = 60_000;

/** The tags of a header `If-None-Match`; how strong they are makes no difference here (RFC 9110, 13.1.2). */
const namesIn = (header: string | undefined): readonly string[] =>
  (header ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));

const unchanged = new WeakSet<IncomingMessage>();

/** Answers 304 without a body where nothing has changed: Nest would set the status of the route. */
export const answerUnchanged = (app: NestFastifyApplication): void => {
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onSend', async (request, reply, payload) => {
      if (!unchanged.has(request.raw)) return payload;
      reply.code(304).removeHeader('content-length').removeHeader('content-type');
      return null;
    });
};

/**
 * Says of an answer by which data it is, as its ETag: of what, for whom and in which form it was asked for, and the version
 * of the runs that it may tell of. Who has that answer already is told so, and nothing is looked up. The tag is weak, as
 * two answers of the same data say another `asOf`.
 */
@Injectable()
export class UnlessUnchanged implements NestInterceptor {
  constructor(@Inject(STATS_DESK) private readonly desk: StatsDesk) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<Request>();
    const reply = context.switchToHttp().getResponse<Reply>();
    const tag = await this.#tagOf(context, request);
    if (tag === undefined) return next.handle();
    const sayWhich = (): unknown =>
      reply.header('etag', `W/${tag}`).header('cache-control', 'private, no-cache');
    if (!namesIn(request.headers['if-none-match']).includes(tag)) return next.handle().pipe(tap(sayWhich));
    sayWhich();
    unchanged.add(request.raw);
    return of(undefined);
  }

  /** Before anything is looked up: what changes meanwhile has another tag. */
  async #tagOf(context: ExecutionContext, { url, headers }: Request): Promise<string | undefined> {
    const { employers } = callerIn(context);
    const version = await this.desk.figures.version(employers);
    if (version === undefined) return undefined;
    const goesByTime = Reflect.hasMetadata(timeKey, context.getHandler());
    const minute = goesByTime ? Math.floor(this.desk.now().getTime() / minuteMs) : null;
    const asked = [url, headers.accept ?? null, employers?.toSorted() ?? null, minute, version];
    return `"${hash('sha256', JSON.stringify(asked), 'base64url').slice(0, 27)}"`;
  }
}
