import type { Budget } from './budget';

/** The budgets of employers, one each. All methods throw when the store cannot be reached. */
export interface BudgetStore {
  /** In the order of employers. */
  all(): Promise<readonly Budget[]>;
  /** Sets or replaces one. */
  put(budget: Budget): Promise<void>;
  /** Whether there was one. */
  remove(employerId: string): Promise<boolean>;
}

/** Budgets in memory: nothing survives a restart. */
export const inMemoryBudgetStore = (): BudgetStore => {
  const budgets = new Map<string, Budget>();
  return {
    all: () => Promise.resolve([...budgets.values()].sort((a, b) => (a.employerId < b.employerId ? -1 : 1))),
    put: (budget) => Promise.resolve(void budgets.set(budget.employerId, budget)),
    remove: (employerId) => Promise.resolve(budgets.delete(employerId)),
  };
};
