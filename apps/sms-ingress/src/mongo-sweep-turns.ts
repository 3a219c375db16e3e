import { randomUUID } from 'node:crypto';
import { readStored } from '@stopcovid/mongo';
import { mongo, type Connection } from 'mongoose';
import { z } from 'zod';
import type { SweepTurn, SweepTurns } from './sweep-turn';

const _id = 'inbound';

/** As stored. `until` is when the turn may be taken by anybody, `holder` the one who took it last. */
export const storedSweepSchema = z.object({
  _id: z.literal(_id),
  holder: z.string(),
  until: z.number(),
  sweptTo: z.number().nullable(),
});
type SweepDocument = Readonly<z.infer<typeof storedSweepSchema>>;

/* A document that cannot be read ends the sweep with its reason: to begin anew without a word would skip nothing, but
   read the carrier's whole list again in each turn. */
const sweptToIn = (document: SweepDocument | null): number | undefined => {
  if (document === null) return undefined;
  const stored = readStored(storedSweepSchema, document);
  if (stored.kind === 'unreadable') throw new Error(`inbound_sweeps: ${stored.reason}`);
  return stored.value.sweptTo ?? undefined;
};

const duplicateKey = 11_000;

type TurnSettings = {
  /** How long a turn lasts without `keep`, in milliseconds. */
  readonly turnMs: number;
  /** Milliseconds since 1970; the process's clock by default. */
  readonly now?: () => number;
};

/** Turns in MongoDB: one document, taken by a conditional write. */
export const mongoSweepTurns = (
  connection: Connection,
  { turnMs, now = Date.now }: TurnSettings,
): SweepTurns => {
  const sweeps = connection.collection<SweepDocument>('inbound_sweeps');

  const insertFirst = async (holder: string): Promise<boolean> => {
    try {
      await sweeps.insertOne({ _id, holder, until: now() + turnMs, sweptTo: null });
      return true;
    } catch (error) {
      if (error instanceof mongo.MongoServerError && error.code === duplicateKey) return false;
      throw error;
    }
  };

  const takeFor = async (holder: string): Promise<boolean> => {
    const free = { _id, until: { $lte: now() } } as const;
    const { matchedCount } = await sweeps.updateOne(free, { $set: { holder, until: now() + turnMs } });
    return matchedCount === 1 || insertFirst(holder);
  };

  const turnOf = (holder: string, sweptTo: number | undefined): SweepTurn => ({
    sweptTo,
    keep: async () => {
      const kept = await sweeps.updateOne({ _id, holder }, { $set: { until: now() + turnMs } });
      return kept.matchedCount === 1;
    },
    leave: async () => {
      await sweeps.updateOne({ _id, holder }, { $set: { until: now() } });
    },
    finish: async ({ sweptTo: done, nextAt }) => {
      await sweeps.updateOne({ _id, holder }, { $set: { sweptTo: done, until: nextAt } });
    },
  });

  return {
    take: async () => {
      const holder = randomUUID();
      if (!(await takeFor(holder))) return undefined;
      return turnOf(holder, sweptToIn(await sweeps.findOne({ _id })));
    },
  };
};
