import type { Connection } from 'mongoose';
import { z } from 'zod';
import { readDocument } from '../progress/read-document';
import type { Budget } from './budget';
import type { BudgetStore } from './budget-store';

const documentSchema = z.object({ _id: z.string(), segmentsPerMonth: z.int().min(0) });
type BudgetDocument = z.infer<typeof documentSchema>;

/** A budget, as stored. */
export const storedBudgetSchema: z.ZodType<Budget> = documentSchema.transform(
  ({ _id, segmentsPerMonth }) => ({
    employerId: _id,
    segmentsPerMonth,
  }),
);

const toBudget = (document: unknown): Budget => readDocument(storedBudgetSchema, 'budgets', document);

/** Budgets in MongoDB, a document per employer. */
export const mongoBudgetStore = (connection: Connection): BudgetStore => {
  const budgets = connection.collection<BudgetDocument>('budgets');
  return {
    all: async () => (await budgets.find().sort({ _id: 1 }).toArray()).map(toBudget),
    put: async ({ employerId, segmentsPerMonth }) => {
      await budgets.updateOne({ _id: { $eq: employerId } }, { $set: { segmentsPerMonth } }, { upsert: true });
    },
    remove: async (employerId) => (await budgets.deleteOne({ _id: { $eq: employerId } })).deletedCount > 0,
  };
};
