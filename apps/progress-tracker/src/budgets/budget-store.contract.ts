import type { BudgetStore } from './budget-store';

/** What every store of budgets promises. */
export const budgetStoreContract = (name: string, open: () => Promise<BudgetStore>): void => {
  describe(`budgets in ${name}`, () => {
    it('are one per employer, the last one set', async () => {
      const store = await open();
      await store.put({ employerId: 'b', segmentsPerMonth: 5 });
      await store.put({ employerId: 'a', segmentsPerMonth: 1 });
      await store.put({ employerId: 'b', segmentsPerMonth: 7 });
      await expect(store.all()).resolves.toEqual([
        { employerId: 'a', segmentsPerMonth: 1 },
        { employerId: 'b', segmentsPerMonth: 7 },
      ]);
    });

    it('are gone once removed', async () => {
      const store = await open();
      await store.put({ employerId: 'a', segmentsPerMonth: 1 });
      await expect(store.remove('a')).resolves.toBe(true);
      await expect(store.remove('a')).resolves.toBe(false);
      await expect(store.all()).resolves.toEqual([]);
    });
  });
};
