import { type MessageHandler, Server } from '@nestjs/microservices';
import { isObservable, lastValueFrom } from 'rxjs';
import type { BatchContext } from './batch-context';
import type { LogRecord } from './log-record';
import type { Outcome } from './outcome';
import type { AskReread, ReadPlace } from './rereads';

/** A mistake in how handlers are declared or in what they answer. */
export class HandlerMistake extends Error {
  override readonly name = 'HandlerMistake';
}

const kinds: ReadonlySet<unknown> = new Set(['done', 'retry', 'deadLetter']);

const isOutcome = (value: unknown): value is Outcome =>
  value !== null && typeof value === 'object' && 'kind' in value && kinds.has(value.kind);

const outcomesOf = (answer: unknown, count: number): readonly Outcome[] => {
  if (!Array.isArray(answer)) throw new HandlerMistake('the handler did not answer with a list of outcomes');
  if (answer.length !== count)
    throw new HandlerMistake(`the handler answered ${answer.length} outcomes for ${count} records`);
  if (!answer.every(isOutcome)) throw new HandlerMistake('the handler answered something that is no outcome');
  return answer;
};

/**
 * Calls a handler as Nest hands it over. It does not reject: what it throws comes back as an Observable that errors,
 * so both the promise and the stream are awaited.
 */
const callHandler = async (
  handler: MessageHandler,
  records: readonly LogRecord[],
  context: BatchContext,
): Promise<readonly Outcome[]> => {
  const answer: unknown = await handler(records, context);
  return outcomesOf(isObservable(answer) ? await lastValueFrom(answer) : answer, records.length);
};

/** What both batch transports share: which handler serves which topic. */
export abstract class BatchServer extends Server {
  readonly #rereads = new Map<string, AskReread>();

  /** Nest would chain a second handler behind the first and run both; one topic has one handler. */
  override addHandler(pattern: string, callback: MessageHandler, isEvent = false): void {
    if (this.messageHandlers.has(this.normalizePattern(pattern)))
      throw new HandlerMistake(`${pattern} has two handlers; one group reads a topic once`);
    if (!isEvent) throw new HandlerMistake(`${pattern} must be declared with @EventPattern`);
    super.addHandler(pattern, callback, isEvent);
  }

  override on(): void {
    throw new HandlerMistake('a batch transport emits no events; ask its health');
  }

  override unwrap<T>(): T {
    throw new HandlerMistake('a batch transport does not hand out its client');
  }

  /** The topics that have a handler. */
  topics(): readonly string[] {
    return [...this.messageHandlers.keys()];
  }

  /**
   * Asks the reader of a topic, of each partition at the beginning of a membership and from time to time, whether to
   * read it again from somewhere, also where nothing new comes. What lies ahead anyhow is never skipped.
   */
  rereadWhere(topic: string, ask: AskReread): void {
    this.#rereads.set(topic, ask);
  }

  protected async askReread(place: ReadPlace): Promise<string | undefined> {
    return this.#rereads.get(place.topic)?.(place);
  }

  protected handle(records: readonly LogRecord[], context: BatchContext): Promise<readonly Outcome[]> {
    /* By its name: what Nest does to find one reads each topic as JSON first. */
    const handler = this.messageHandlers.get(context.topic);
    if (!handler) return Promise.reject(new HandlerMistake(`${context.topic} has no handler`));
    return callHandler(handler, records, context);
  }
}
