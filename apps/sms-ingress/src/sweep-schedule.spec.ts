import { createRuntime } from '@stopcovid/runtime';
import { IngressConfig } from './config';
import type { Swept } from './inbound-sweep';
import { sweepByTurns } from './sweep-schedule';
import { turnMsFor, type SweepTurn } from './sweep-turn';

const nothing: Swept = { listed: 0, produced: 0, ignored: 0, lost: false };

/** Turns that are all kept; remembers what became of them. */
const endlessTurns = () => {
  const said: string[] = [];
  const say = (word: string): Promise<void> => Promise.resolve(void said.push(word));
  const turn: SweepTurn = {
    sweptTo: undefined,
    keep: () => Promise.resolve(true),
    leave: () => say('left'),
    finish: () => say('finished'),
  };
  return { said, take: () => Promise.resolve(turn) };
};

const scheduled = (turns: ReturnType<typeof endlessTurns>, sweep: (turn: SweepTurn) => Promise<Swept>) => {
  const stopping = new AbortController();
  const runtime = createRuntime('sms-ingress', new IngressConfig(), { write: () => undefined });
  const ended = sweepByTurns({ runtime, turns, sweep, askEveryMs: 1, until: stopping.signal });
  return { stop: () => stopping.abort(), ended };
};

describe('sweeping by turns', () => {
  it('goes on after a sweep that failed', async () => {
    let sweeps = 0;
    const { stop, ended } = scheduled(endlessTurns(), () => {
      sweeps += 1;
      if (sweeps === 1) return Promise.reject(new Error('the list is away'));
      stop();
      return Promise.resolve(nothing);
    });
    await ended;
    expect(sweeps).toBe(2);
  });

  it('ends a sweep that is under way when it is stopped, and leaves the turn to another replica', async () => {
    const turns = endlessTurns();
    const { stop, ended } = scheduled(turns, async (turn) => {
      expect(await turn.keep()).toBe(true);
      stop();
      return { ...nothing, lost: !(await turn.keep()) };
    });
    await ended;
    expect(turns.said).toEqual(['left']);
  });

  it('lets a sweep go that hangs, when it is stopped, and leaves the turn to another replica', async () => {
    const turns = endlessTurns();
    const { stop, ended } = scheduled(turns, () => {
      setImmediate(() => stop());
      return new Promise(() => undefined);
    });
    await ended;
    expect(turns.said).toEqual(['left']);
  });

  it('does not wait for a turn that cannot be had, when it is stopped', async () => {
    const turns = { ...endlessTurns(), take: () => new Promise<never>(() => undefined) };
    const { stop, ended } = scheduled(turns, () => Promise.resolve(nothing));
    stop();
    await expect(ended).resolves.toBeUndefined();
  });

  it('holds a turn for one pause between sweeps, but never for less than ten seconds or more than two minutes', () => {
    expect([1_000, 60_000, 3_600_000].map(turnMsFor)).toEqual([10_000, 60_000, 120_000]);
  });
});
