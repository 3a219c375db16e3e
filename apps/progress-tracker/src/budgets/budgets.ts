import { costRows } from '../messages/cost-rows';
import type { MessageStore } from '../messages/message-store';
import { spendingIn, standOf, type BudgetStand, type Spending } from './budget';
import type { BudgetStore } from './budget-store';

/** Where the numbers come from. `now` in milliseconds since 1970. */
export type BudgetSources = {
  readonly budgets: BudgetStore;
  readonly messages: Pick<MessageStore, 'costs'>;
  readonly now: () => number;
};

const dayMs = 24 * 60 * 60 * 1_000;
const minuteMs = 60_000;
/* What was sent yesterday may still be written; older days hardly change, and there are many of them. */
const refresh = { recentMs: minuteMs / 2, olderMs: 60 * minuteMs } as const;

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

type Known = { readonly range: string; readonly at: number; readonly spending: Promise<Spending> };

/** Asks again after a while, or for another range; one question at a time, and none that failed is believed. */
const remembered = (
  { messages, now }: BudgetSources,
  lastsMs: number,
): ((from: string, to: string) => Promise<Spending>) => {
  let known: Known | undefined;
  return (from, to) => {
    const range = `${from}..${to}`;
    if (known?.range === range && now() - known.at < lastsMs) return known.spending;
    const spending = costRows(messages, { from, to }).then(spendingIn);
    known = { range, at: now(), spending };
    spending.catch(() => (known = undefined));
    return spending;
  };
};

const nothing: Spending = new Map();

/** Answers where the budgets of this month stand, within half a minute. Rejects when the store cannot be reached. */
export const budgetStands = (sources: BudgetSources): (() => Promise<readonly BudgetStand[]>) => {
  const recent = remembered(sources, refresh.recentMs);
  const older = remembered(sources, refresh.olderMs);
  return async () => {
    const budgets = await sources.budgets.all();
    if (budgets.length === 0) return [];
    const now = sources.now();
    const [today, yesterday, before] = [dayOf(now), dayOf(now - dayMs), dayOf(now - 2 * dayMs)];
    const month = today.slice(0, 7);
    const first = `${month}-01`;
    const spendings = await Promise.all([
      recent(yesterday < first ? first : yesterday, today),
      before < first ? nothing : older(first, before),
    ]);
    return budgets.map((budget) => standOf(budget, month, spendings));
  };
};
