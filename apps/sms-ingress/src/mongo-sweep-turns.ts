import { randomUUID } from 'node:crypto';
import { mongo, type Connection } from 'mongoose';
import type { SweepTurn, SweepTurns } from './sweep-turn';

/** `until` is when the turn may be taken by anybody, `holder` the one who took it last. */
type SweepDocument = {
  readonly _id: 'inbound';
  readonly holder: string;
  readonly until: number;
  readonly sweptTo: number | null;
};

const _id = 'inbound';
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
      const document = await sweeps.findOne({ _id });
      return turnOf(holder, document?.sweptTo ?? undefined);
    },
  };
};
