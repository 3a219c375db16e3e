import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiConflictResponse,
  ApiHeader,
  ApiOkResponse,
  ApiQuery,
  ApiServiceUnavailableResponse,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import { callerIn, type Caller } from '@stopcovid/runtime';
import { invalid, invalidParameter } from '../problems/problem';
import { CommandView, ForecastView } from './command-views';

type Reply = {
  readonly code: (status: number) => unknown;
  readonly header: (name: string, value: string) => unknown;
};

/** How something was asked for, beside what: by whom, under which key, in earnest or not, where the answer goes. */
export type Asking = {
  readonly caller: Caller;
  readonly key: string | undefined;
  readonly dryRun: boolean;
  readonly reply: Reply;
};

type Asked = {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly query: Readonly<Record<string, unknown>>;
};

/* The draft writes the key as a quoted string; who leaves the quotes out means the same. */
const keyIn = (header: string | undefined): string | undefined => {
  if (header === undefined) return undefined;
  const [, quoted, plain] =
    /^(?:"([\x21\x23-\x7e]{1,255})"|([\x21\x23-\x7e]{1,255}))$/.exec(header.trim()) ?? [];
  const key = quoted ?? plain;
  if (key === undefined)
    throw invalid([
      {
        detail: 'Idempotency-Key must be 1 to 255 visible characters without blanks',
        header: 'Idempotency-Key',
      },
    ]);
  return key;
};

const dryRunIn = ({ dryRun, ...others }: Asked['query']): boolean => {
  const [stranger] = Object.keys(others);
  if (stranger !== undefined) throw invalidParameter(stranger, `property ${stranger} should not exist`);
  if (dryRun === undefined || dryRun === 'false') return false;
  if (dryRun === 'true') return true;
  throw invalidParameter('dryRun', 'dryRun must be true or false');
};

/** Gives a handler how it was asked. */
export const HowAsked = createParamDecorator((_data: unknown, context: ExecutionContext): Asking => {
  const http = context.switchToHttp();
  const { headers, query } = http.getRequest<Asked>();
  return {
    caller: callerIn(context),
    key: keyIn(headers['idempotency-key']),
    dryRun: dryRunIn(query),
    reply: http.getResponse<Reply>(),
  };
});

const mayBeDry = applyDecorators(
  ApiQuery({
    name: 'dryRun',
    required: false,
    type: Boolean,
    description: 'Says what would happen, and why not; asks for nothing',
  }),
  ApiOkResponse({ type: ForecastView, description: 'Of a dry run' }),
);

/** Declares a route that asks the engine for something. */
export const AsksTheEngine = ({ dryRun } = { dryRun: true }): MethodDecorator =>
  applyDecorators(
    ...(dryRun ? [mayBeDry] : []),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description: 'The same key and body, sent again, are one command with the same answer',
    }),
    ApiAcceptedResponse({ type: CommandView, description: 'Asked for; `Location` says what became of it' }),
    ApiConflictResponse({ description: 'It would lead to nothing: `obstacles` says why' }),
    ApiUnprocessableEntityResponse({ description: 'The key stood for something else before' }),
    ApiServiceUnavailableResponse({ description: 'Kafka is away: ask again, with the same key' }),
  );
