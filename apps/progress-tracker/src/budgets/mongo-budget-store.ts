import type { Connection } from 'mongoose';
import type { BudgetStore } from './budget-store';

type BudgetDocument = { readonly _id: string; readonly segmentsPerMonth: number };

/** Budgets in MongoDB, a document per employer. */
export const mongoBudgetStore = (connection: Connection): BudgetStore => {
  const budgets = connection.collection<BudgetDocument>('budgets');
  return {
    all: async () =>
      (await budgets.find().sort({ _id: 1 }).toArray()).map(({ _id, segmentsPerMonth }) => ({
        employerId: _id,
        segmentsPerMonth,
      })),
    put: async ({ employerId, segmentsPerMonth }) => {
      await budgets.updateOne({ _id: { $eq: employerId } }, { $set: { segmentsPerMonth } }, { upsert: true });
    },
    remove: async (employerId) => (await budgets.deleteOne({ _id: { $eq: employerId } })).deletedCount > 0,
  };
};
