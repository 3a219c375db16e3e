import { pause, type Runtime } from '@stopcovid/runtime';
import type { Swept } from './inbound-sweep';
import type { SweepTurn, SweepTurns } from './sweep-turn';

export type SweepScheduleParts = {
  readonly runtime: Runtime;
  readonly turns: SweepTurns;
  readonly sweep: (turn: SweepTurn) => Promise<Swept>;
  /** How often this replica asks for the turn, in milliseconds. */
  readonly askEveryMs: number;
  /** Ends it; a sweep that is under way ends with its present page or batch. */
  readonly until: AbortSignal;
};

/** Once the signal aborts, nobody goes on: it is as if the turn were lost. */
const heldUntil = (turn: SweepTurn, signal: AbortSignal): SweepTurn => ({
  ...turn,
  keep: async () => !signal.aborted && turn.keep(),
});

/** Sweeps whenever this replica gets the turn, until the signal aborts. A sweep that fails is told and tried again. */
export const sweepByTurns = async (parts: SweepScheduleParts): Promise<void> => {
  const { runtime, turns, sweep, askEveryMs, until } = parts;
  const { logger, metrics } = runtime;
  const sweeps = metrics.counter('sms_ingress_sweeps_total', 'Looks into the carrier’s list.', ['outcome']);
  const texts = metrics.counter('sms_ingress_swept_texts_total', 'Texts that only the list told of.', [
    'outcome',
  ]);
  const note = (swept: Swept, tookMs: number): void => {
    sweeps.inc({ outcome: swept.lost ? 'lost' : 'done' });
    texts.inc({ outcome: 'produced' }, swept.produced);
    texts.inc({ outcome: 'ignored' }, swept.ignored);
    const level = swept.produced > 0 ? 'warn' : 'info';
    logger[level]({ ...swept, tookMs }, 'the carrier’s list was swept');
  };
  const once = async (): Promise<void> => {
    const startedAt = performance.now();
    try {
      const turn = await turns.take();
      if (turn === undefined) return;
      const swept = await sweep(heldUntil(turn, until));
      note(swept, Math.round(performance.now() - startedAt));
      if (swept.lost && until.aborted) await turn.leave();
    } catch (error) {
      sweeps.inc({ outcome: 'failed' });
      logger.error({ reason: error instanceof Error ? error.message : 'unknown cause' }, 'the sweep failed');
    }
  };
  while (!until.aborted) {
    await once();
    await pause(askEveryMs, until);
  }
};
