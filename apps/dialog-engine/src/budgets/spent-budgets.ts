import { pause } from '@stopcovid/runtime';
import { z } from 'zod';

/** Whose budget for texts is spent this month. Asked for each scheduled start, so it answers from memory. */
export interface SpentBudgets {
  has(employerId: string): boolean;
  close(): void;
}

/** Nobody has a budget, or none is spent. */
export const noBudgets: SpentBudgets = { has: () => false, close: () => undefined };

/** How the service that counts what was sent is asked. */
export type AskedBudgets = {
  readonly url: string;
  /** Sent as a bearer token, where there is one. */
  readonly key: string | undefined;
  readonly everyMs: number;
  readonly onAnswer: (spent: ReadonlySet<string>) => void;
  readonly onFailed: (error: unknown) => void;
};

const answerSchema = z.object({ employerIds: z.array(z.string().max(128)) });
const timeoutMs = 5_000;

const ask = async ({ url, key }: AskedBudgets, closing: AbortSignal): Promise<ReadonlySet<string>> => {
  const response = await fetch(url, {
    headers: { accept: 'application/json', ...(key !== undefined && { authorization: `Bearer ${key}` }) },
    redirect: 'error',
    signal: AbortSignal.any([closing, AbortSignal.timeout(timeoutMs)]),
  });
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new Error(`the budgets' service answered ${response.status}`);
  }
  const answer = answerSchema.safeParse(await response.json());
  if (!answer.success) throw new Error("the budgets' service answered something else than was agreed");
  return new Set(answer.data.employerIds);
};

/**
 * Asks `GET url` every so often, which answers `{"employerIds": […]}`. While nobody answers, what was known last
 * holds: a budget is a limit on months, not on seconds.
 */
export const askedBudgets = (asked: AskedBudgets): SpentBudgets => {
  const closing = new AbortController();
  let spent: ReadonlySet<string> = new Set();
  const look = async (): Promise<void> => {
    try {
      spent = await ask(asked, closing.signal);
      asked.onAnswer(spent);
    } catch (error) {
      if (!closing.signal.aborted) asked.onFailed(error);
    }
  };
  const keepLooking = async (): Promise<void> => {
    while (!closing.signal.aborted) {
      await look();
      await pause(asked.everyMs, closing.signal);
    }
  };
  void keepLooking();
  return { has: (employerId) => spent.has(employerId), close: () => closing.abort() };
};
