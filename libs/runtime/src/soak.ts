import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

let collector: (() => void) | undefined;

const collect = (): void => {
  if (collector === undefined) {
    setFlagsFromString('--expose-gc');
    collector = runInNewContext('gc') as () => void;
  }
  collector();
};

/** Bytes that are in use once what nobody holds any more is gone: what ended in this turn of the loop is not held. */
export const heapAfterCollection = async (): Promise<number> => {
  for (let turn = 0; turn < 2; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    collect();
  }
  return process.memoryUsage().heapUsed;
};

const times = Number(process.env['SOAK_TIMES'] ?? 1);

/** How long a spec that soaks may take, in milliseconds. */
export const soakWithinMs = 120_000 * times;

/** A small thing that is done again and again. */
export type Soak = {
  /** How many are judged in the short form; `SOAK_TIMES` multiplies it. */
  readonly things: number;
  /** Does one of them, the number of which never comes again. */
  readonly each: (number: number) => unknown;
  /** How many bytes of heap each may leave behind. */
  readonly mostBytes: number;
  /** How many go before, so that code is compiled and what is kept once is kept; a tenth by default. */
  readonly settling?: number;
  /** How many at once; one after the other by default. */
  readonly atOnce?: number;
  /** How much the planted leak keeps of each. */
  readonly plantedBytes?: number;
};

type Heaps = { readonly settled: number; readonly sound: number; readonly leaking: number };

const planted = (bytes: number): readonly number[] => Array.from({ length: bytes / 8 }, (_, index) => index);

const heapsOf = async ({ things, each, ...options }: Soak & { readonly judged: number }): Promise<Heaps> => {
  const { judged, settling = things / 10, atOnce = 1, plantedBytes = 512 } = options;
  let done = 0;
  const heapAfter = async (count: number, one: Soak['each']): Promise<number> => {
    const end = done + count;
    while (done < end)
      await Promise.all(Array.from({ length: Math.min(atOnce, end - done) }, () => one((done += 1))));
    return heapAfterCollection();
  };
  const settled = await heapAfter(settling, each);
  const sound = await heapAfter(judged, each);
  const kept = new Map<number, readonly number[]>();
  const leaking = await heapAfter(judged, (number) => {
    kept.set(number, planted(plantedBytes));
    return each(number);
  });
  if (kept.size !== judged) throw new Error('the planted leak did not keep something of each');
  return { settled, sound, leaking };
};

const roundOf = async (asked: Soak, judged: number, from: number): Promise<readonly string[]> => {
  const each = (number: number): unknown => asked.each(from + number);
  const { settled, sound, leaking } = await heapsOf({ ...asked, each, judged });
  const { mostBytes } = asked;
  const left = (sound - settled) / judged;
  const seen = (leaking - sound) / judged;
  return [
    ...(left > mostBytes ? [`each of ${judged} left ${left} bytes, and may leave ${mostBytes}`] : []),
    ...(seen <= mostBytes ? [`a planted leak was not seen: ${seen} bytes of each`] : []),
  ];
};

/* What ran before in this process may let go of its memory at any time; a leak is there each time. */
const rounds = 3;

/**
 * Does the things and compares the heap after a collection with that before them, then does as many again with a leak
 * planted, which must be seen: a soak that could not fail is a fault too. What is wrong counts when it is wrong three
 * times. Answers what is wrong; nothing when all is well.
 */
export const soak = async (asked: Soak): Promise<readonly string[]> => {
  const judged = asked.things * times;
  let faults: readonly string[] = [];
  for (let round = 0; round < rounds; round += 1) {
    faults = await roundOf(asked, judged, round * 3 * (judged + (asked.settling ?? 0)));
    if (faults.length === 0) return faults;
  }
  return faults;
};
