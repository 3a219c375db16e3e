import { useContext, useEffect, useState } from 'preact/hooks';
import { createContext } from 'preact';
import type { Obstacle } from './answers';
import type { Call, Order } from './routes';

/** Why there is no answer, in words for who asked. */
export type Failure = {
  readonly status: number;
  readonly detail: string;
  /** Why what was asked for would lead to nothing. */
  readonly obstacles?: readonly Obstacle[];
};

export type Answer<T> =
  | { readonly is: 'waiting' }
  | { readonly is: 'here'; readonly body: T }
  | { readonly is: 'failed'; readonly failure: Failure };

const unreachable: Failure = { status: 0, detail: 'The server cannot be reached. Trying again …' };

const failureOf = async (response: Response): Promise<Failure> => {
  const problem = (await response.json().catch(() => ({}))) as Partial<Failure> | null;
  const { detail = `The server answered with ${response.status}.`, obstacles } = problem ?? {};
  return { status: response.status, detail, ...(obstacles !== undefined && { obstacles }) };
};

const answerTo = async <T>(request: Promise<Response>): Promise<Answer<T>> => {
  try {
    const response = await request;
    if (response.ok) return { is: 'here', body: (await response.json()) as T };
    return { is: 'failed', failure: await failureOf(response) };
  } catch {
    return { is: 'failed', failure: unreachable };
  }
};

/** Asks the API with a key. Never rejects. */
export const askApi = <T>({ url }: Call<T>, key: string): Promise<Answer<T>> =>
  answerTo(fetch(`..${url}`, { headers: { authorization: `Bearer ${key}` } }));

/** A name for an order that nobody else has. `randomUUID` is there on secure pages alone. */
export const fresh = (): string =>
  [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join('-');

/** Has something done with a key. The same `once`, sent again, is done once. Never rejects. */
export const order = <T>({ url, fields }: Order<T>, key: string, once: string): Promise<Answer<T>> =>
  answerTo(
    fetch(`..${url}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${key}`,
        'idempotency-key': once,
        ...(fields !== undefined && { 'content-type': 'application/json' }),
      },
      ...(fields !== undefined && { body: JSON.stringify(fields) }),
    }),
  );

/** Who is signed in, and what happens when the key holds no longer. */
export type Session = { readonly key: string; readonly end: (because?: string) => void };
export const SessionContext = createContext<Session>({ key: '', end: () => undefined });

/* A figure is current some seconds after what it counts; so is the page, as long as somebody sees it. */
const askAgainMs = 10_000;

/** How often a question is asked again while the page is seen, in milliseconds; another `turn` asks it at once. */
type Again = { readonly everyMs?: number; readonly turn?: number };

/** The answer to a question, asked again and again; the last one stays until then. */
export const useAnswer = <T>({ url }: Call<T>, { everyMs = askAgainMs, turn = 0 }: Again = {}): Answer<T> => {
  const session = useContext(SessionContext);
  const [held, hold] = useState<{ url: string; answer: Answer<T> }>({ url, answer: { is: 'waiting' } });
  useEffect(() => {
    let over = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const later = (): void => void (timer = setTimeout(again, everyMs));
    const again = (): void => (document.visibilityState === 'visible' ? void once() : later());
    const once = async (): Promise<void> => {
      const answer = await askApi<T>({ url }, session.key);
      if (over) return;
      if (answer.is === 'failed' && answer.failure.status === 401)
        return session.end('The key does not hold any more. Sign in again.');
      hold({ url, answer });
      later();
    };
    void once();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [url, session, everyMs, turn]);
  return held.url === url ? held.answer : { is: 'waiting' };
};
