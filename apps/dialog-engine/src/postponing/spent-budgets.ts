import { z } from 'zod';
import { askAgain, type Question } from './ask-again';

/** Whose budget for texts is spent this month. Asked for each scheduled start, so it answers from memory. */
export interface SpentBudgets {
  has(employerId: string): boolean;
  close(): void;
}

/** Nobody has a budget, or none is spent. */
export const noBudgets: SpentBudgets = { has: () => false, close: () => undefined };

/** How the service that counts what was sent is asked. */
export type AskedBudgets = Pick<Question<unknown>, 'url' | 'key' | 'everyMs' | 'onFailed'> & {
  readonly onAnswer: (spent: ReadonlySet<string>) => void;
};

const answer = z.object({ employerIds: z.array(z.string().max(128)) });

/**
 * Asks for `{"employerIds": […]}`. While nobody answers, what was known last holds: a budget is a limit on months, not
 * on seconds.
 */
export const askedBudgets = (asked: AskedBudgets): SpentBudgets => {
  let spent: ReadonlySet<string> = new Set();
  const asking = askAgain({
    ...asked,
    service: "the budgets' service",
    answer,
    onAnswer: ({ employerIds }) => {
      spent = new Set(employerIds);
      asked.onAnswer(spent);
    },
  });
  return { has: (employerId) => spent.has(employerId), close: () => asking.close() };
};
