import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiConflictResponse,
  ApiOkResponse,
  ApiQuery,
  ApiServiceUnavailableResponse,
} from '@nestjs/swagger';
import { callerIn, type Caller } from '@stopcovid/runtime';
import { keyIn, TakesKey } from '../once/takes-key';
import { invalidParameter } from '../problems/problem';
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
    key: keyIn(headers),
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
    TakesKey(),
    ApiAcceptedResponse({ type: CommandView, description: 'Asked for; `Location` says what became of it' }),
    ApiConflictResponse({ description: 'It would lead to nothing: `obstacles` says why' }),
    ApiServiceUnavailableResponse({ description: 'Kafka is away: ask again, with the same key' }),
  );
