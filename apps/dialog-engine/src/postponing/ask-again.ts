import { pause } from '@stopcovid/runtime';
import type { z } from 'zod';

/** Whom to ask, how, and what the answer looks like. */
export type Question<T> = {
  /** What its failures call the service. */
  readonly service: string;
  readonly url: string;
  /** Sent as a bearer token, where there is one. */
  readonly key: string | undefined;
  readonly everyMs: number;
  readonly answer: z.ZodType<T>;
  readonly onAnswer: (answer: T) => void;
  readonly onFailed: (error: unknown) => void;
};

const timeoutMs = 5_000;

const askUntil = async <T>({ service, url, key, answer }: Question<T>, until: AbortSignal): Promise<T> => {
  const response = await fetch(url, {
    headers: { accept: 'application/json', ...(key !== undefined && { authorization: `Bearer ${key}` }) },
    redirect: 'error',
    signal: until,
  });
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new Error(`${service} answered ${response.status}`);
  }
  const read = answer.safeParse(await response.json());
  if (!read.success) throw new Error(`${service} answered something else than was agreed`);
  return read.data;
};

/** Leaves nothing behind on `closing`, which lives as long as the process. */
const ask = async <T>(question: Question<T>, closing: AbortSignal): Promise<T> => {
  const limit = new AbortController();
  const stop = (): void => limit.abort();
  const timer = setTimeout(stop, timeoutMs);
  closing.addEventListener('abort', stop, { once: true });
  try {
    return await askUntil(question, limit.signal);
  } finally {
    clearTimeout(timer);
    closing.removeEventListener('abort', stop);
  }
};

/** Asks `GET url` every so often, beside the work: what commands need of the answers is kept in memory. */
export const askAgain = <T>(question: Question<T>): { close(): void } => {
  const closing = new AbortController();
  const look = async (): Promise<void> => {
    try {
      question.onAnswer(await ask(question, closing.signal));
    } catch (error) {
      if (!closing.signal.aborted) question.onFailed(error);
    }
  };
  const keepLooking = async (): Promise<void> => {
    while (!closing.signal.aborted) {
      await look();
      await pause(question.everyMs, closing.signal);
    }
  };
  void keepLooking();
  return { close: () => closing.abort() };
};
