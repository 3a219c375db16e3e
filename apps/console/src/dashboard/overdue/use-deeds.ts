import { useContext, useEffect, useState } from 'preact/hooks';
import type { OverdueRun } from '../answers';
import { fresh, order, SessionContext } from '../ask';
import { forecastOf, orderOf } from '../routes';
import { deedFor, onceFor, outcomeOf, type Asked, type Doing } from './deeds-model';

/** Whether the key may act: found by a dry run, which asks for nothing; `undefined` until that is known. */
export const useMayAct = (phone: string | undefined): boolean | undefined => {
  const { key } = useContext(SessionContext);
  const [may, know] = useState<boolean>();
  const isToAsk = may === undefined && phone !== undefined;
  useEffect(() => {
    if (!isToAsk) return;
    void order(forecastOf({ do: 'remind', phone }), key, fresh()).then((answer) =>
      know(answer.is === 'failed' ? (answer.failure.status === 403 ? false : undefined) : true),
    );
  }, [key, isToAsk]);
  return may;
};

/** What was asked for, run by run, and how far that is. */
export type Deeds = {
  readonly asked: ReadonlyMap<string, Asked>;
  /** Of what was asked for last. */
  readonly last: readonly Asked[];
  /** How many there are to do in all; 0 while nothing is being done. */
  readonly of: number;
  readonly carryOut: (doing: Doing, runs: readonly OverdueRun[]) => Promise<void>;
};

/** Has things done, one after the other. */
export const useDeeds = (): Deeds => {
  const session = useContext(SessionContext);
  const [asked, keep] = useState<ReadonlyMap<string, Asked>>(new Map());
  const [{ last, of }, tell] = useState<Pick<Deeds, 'last' | 'of'>>({ last: [], of: 0 });
  const carryOut = async (doing: Doing, runs: readonly OverdueRun[]): Promise<void> => {
    const all: Asked[] = [];
    for (const run of runs) {
      tell({ last: [...all], of: runs.length });
      const once = onceFor(doing, asked.get(run.runId), fresh());
      const answer = await order(orderOf(deedFor(doing, run)), session.key, once);
      if (answer.is === 'failed' && answer.failure.status === 401)
        return session.end('The key does not hold any more. Sign in again.');
      const outcome = outcomeOf({ doing, once, phone: run.phone }, answer);
      all.push(outcome);
      keep((known) => new Map([...known, [run.runId, outcome]]));
    }
    tell({ last: all, of: 0 });
  };
  return { asked, last, of, carryOut };
};
