import { pause, withinMs, type Runtime } from '@stopcovid/runtime';
import type { Swept } from './inbound-sweep';
import type { SweepTurn, SweepTurns } from './sweep-turn';

export type SweepScheduleParts = {
  readonly runtime: Runtime;
  readonly turns: SweepTurns;
  readonly sweep: (turn: SweepTurn) => Promise<Swept>;
  /** How often this replica asks for the turn, in milliseconds. */
  readonly askEveryMs: number;
  /** Ends it at once; a sweep that is under way is let go, whatever it waits for. */
  readonly until: AbortSignal;
};

/** Once the signal aborts, nobody goes on: it is as if the turn were lost. */
const heldUntil = (turn: SweepTurn, signal: AbortSignal): SweepTurn => ({
  ...turn,
  keep: async () => !signal.aborted && turn.keep(),
});

/** A turn that cannot be given back in this time ends by itself. */
const leavingMs = 2_000;

/** What becomes of the work, or undefined as soon as the signal aborts: nobody waits for what does not end by it. */
const unlessStopped = <T>(work: Promise<T>, signal: AbortSignal): Promise<T | undefined> =>
  new Promise((resolve, reject) => {
    const stop = (): void => resolve(undefined);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
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
  const sweepIn = async (turn: SweepTurn): Promise<void> => {
    const startedAt = performance.now();
    try {
      const swept = await unlessStopped(sweep(heldUntil(turn, until)), until);
      if (swept !== undefined) note(swept, Math.round(performance.now() - startedAt));
    } finally {
      if (until.aborted) await withinMs(turn.leave(), leavingMs, () => undefined);
    }
  };
  const once = async (): Promise<void> => {
    try {
      const turn = await unlessStopped(turns.take(), until);
      if (turn !== undefined) await sweepIn(turn);
    } catch (error) {
      if (until.aborted) return;
      sweeps.inc({ outcome: 'failed' });
      logger.error({ reason: error instanceof Error ? error.message : 'unknown cause' }, 'the sweep failed');
    }
  };
  while (!until.aborted) {
    await once();
    await pause(askEveryMs, until);
  }
};
