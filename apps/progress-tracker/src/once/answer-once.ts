import { randomUUID } from 'node:crypto';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { callerIn, type Logger } from '@stopcovid/runtime';
import { catchError, from, mergeMap, of, type Observable } from 'rxjs';
import { z } from 'zod';
import { keyReused } from '../operations/answer';
import { Problem } from '../problems/problem';
import type { Seal } from '../seal';
import { fingerprintOf, idOfKey, type KeyedRequest } from './keyed-request';
import type { Attempt, KeyedRequests } from './keyed-requests';
import { keyIn, keyMissing, takingOf } from './takes-key';

/** What requests under keys are kept with. */
export type OnceDesk = {
  readonly requests: KeyedRequests;
  readonly seal: Seal;
  readonly now: () => Date;
};
/** Its token. */
export const ONCE_DESK = Symbol('ONCE_DESK');

/** How long an answer is kept. */
const keptMs = 24 * 60 * 60 * 1_000;

type Request = {
  readonly method: string;
  readonly originalUrl: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
};
type Reply = {
  readonly statusCode: number;
  readonly code: (status: number) => unknown;
  readonly header: (name: string, value: string) => unknown;
  readonly getHeader: (name: string) => unknown;
};

/* What handlers say beside the body that depends on it. */
const told = ['location', 'retry-after'] as const;

const answerSchema = z.object({
  status: z.int(),
  headers: z.record(z.string(), z.string()),
  body: z.unknown(),
});
type Answer = z.infer<typeof answerSchema>;

const answerOf = (body: unknown, reply: Reply): Answer => ({
  status: reply.statusCode,
  headers: Object.fromEntries(
    told.flatMap((name) => {
      const value = reply.getHeader(name);
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  ),
  body,
});

const lost = (): Problem =>
  new Problem(
    'key-reused',
    'What was answered under this Idempotency-Key cannot be read any more: look whether it was done, and take a new one',
  );

/**
 * Answers a request that comes again under its Idempotency-Key as it was answered first, and carries it out once. What
 * was refused or went wrong leaves the key free. A process that dies in between holds its key for a minute; what a route
 * does has an id that derives from the key where doing it twice would do harm.
 */
export class AnswerOnce implements NestInterceptor {
  constructor(
    private readonly desk: OnceDesk,
    private readonly logger: Pick<Logger, 'warn'>,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const taking = takingOf(context);
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    if (taking === undefined || request.query['dryRun'] === 'true') return next.handle();
    const key = keyIn(request.headers);
    if (key === undefined) {
      if (taking.required) throw keyMissing();
      return next.handle();
    }
    const begun = this.#begun(context, request, key);
    return from(this.desk.requests.begin(begun)).pipe(
      mergeMap((on) =>
        on.attempt === begun.attempt
          ? this.#first(begun, next, http.getResponse<Reply>())
          : of(this.#again(on, begun, http.getResponse<Reply>())),
      ),
    );
  }

  #begun(context: ExecutionContext, request: Request, key: string): KeyedRequest {
    const { name: by, employers } = callerIn(context);
    const { method, originalUrl: url, body } = request;
    const startedAt = this.desk.now();
    return {
      id: idOfKey({ by, key }),
      fingerprint: fingerprintOf({ by, employers, key, method, url, body }),
      attempt: randomUUID(),
      startedAt,
      expiresAt: new Date(startedAt.getTime() + keptMs),
    };
  }

  #first(attempt: Attempt, next: CallHandler, reply: Reply): Observable<unknown> {
    return next.handle().pipe(
      mergeMap(async (body: unknown) => {
        const answer = this.desk.seal.close(JSON.stringify(answerOf(body, reply)));
        await this.desk.requests.answer(attempt, answer).catch(this.#unkept);
        return body;
      }),
      catchError(async (error: unknown) => {
        await this.desk.requests.giveUp(attempt).catch(this.#unkept);
        throw error;
      }),
    );
  }

  /* It was done or refused all the same, and whoever asked hears so; the key is free in a minute. */
  readonly #unkept = (error: unknown): void =>
    this.logger.warn({ err: error }, 'what came of a request under a key could not be kept');

  #again(on: KeyedRequest, { fingerprint }: KeyedRequest, reply: Reply): unknown {
    if (on.fingerprint !== fingerprint) throw keyReused();
    if (on.answer === undefined) {
      reply.header('retry-after', '1');
      throw new Problem('still-running', 'The first request under this Idempotency-Key is not answered yet.');
    }
    const { status, headers, body } = this.#opened(on.answer);
    reply.code(status);
    for (const [name, value] of Object.entries(headers)) reply.header(name, value);
    return body;
  }

  #opened(sealed: string): Answer {
    try {
      return answerSchema.parse(JSON.parse(this.desk.seal.open(sealed)));
    } catch {
      throw lost();
    }
  }
}
