import { compareAndSet } from '@stopcovid/mongo';
import type { Connection } from 'mongoose';
import { z } from 'zod';
import { readDocument } from '../progress/read-document';
import { rulingOf, rulingVerdicts, withRuling, type NewRuling, type Ruling, type Rulings } from './rulings';

const rulingSchema = z.object({
  id: z.string(),
  number: z.int(),
  verdict: z.enum(rulingVerdicts),
  by: z.string(),
  at: z.date(),
  reason: z.string().exactOptional(),
  employers: z.array(z.string()).readonly().exactOptional(),
});

/** The rulings on one group, as stored. */
export const storedRulingsSchema = z.object({
  _id: z.string(),
  version: z.int(),
  rulings: z.array(rulingSchema).readonly(),
});
type StoredRulings = z.infer<typeof storedRulingsSchema>;
type RulingsDocument = StoredRulings & { readonly writeId: string };

const read = (document: unknown): StoredRulings =>
  readDocument(storedRulingsSchema, 'reply_rulings', document);

/** The rulings in MongoDB, a document per group of replies. */
export const mongoRulings = (connection: Connection, collection = 'reply_rulings'): Rulings => {
  const stored = connection.collection<RulingsDocument>(collection);
  const one = async (group: string): Promise<StoredRulings> => {
    const document = await stored.findOne({ _id: { $eq: group } });
    return document === null ? { _id: group, version: 0, rulings: [] } : read(document);
  };
  /* Where nobody wrote in between. */
  const write = async ({ _id: id, version }: StoredRulings, rulings: readonly Ruling[]): Promise<boolean> => {
    const set = { version: version + 1, rulings };
    const { conflicts } = await compareAndSet<RulingsDocument>(stored, [{ id, expected: version, set }]);
    return conflicts.size === 0;
  };
  const add = async (group: string, ruling: NewRuling): Promise<Ruling> => {
    const before = await one(group);
    const next = withRuling(before.rulings, ruling);
    if (next === undefined) return rulingOf(before.rulings, ruling);
    return (await write(before, next)) ? rulingOf(next, ruling) : add(group, ruling);
  };
  return {
    of: async (groups) => {
      if (groups.length === 0) return new Map();
      const found = await stored.find({ _id: { $in: [...groups] } }).toArray();
      return new Map(found.map(read).map(({ _id, rulings }) => [_id, rulings]));
    },
    add,
  };
};
