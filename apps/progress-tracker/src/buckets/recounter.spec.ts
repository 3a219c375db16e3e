import type { LocalDate } from '@stopcovid/calendar';
import { runOf } from '../figures/figures.testkit';
import { inMemoryRunFigures } from '../figures/in-memory-run-figures';
import { inMemoryProgressStore } from '../progress/in-memory-progress-store';
import { completed, event } from '../tracker.testkit';
import { bucketIdOf, uncounted, type BucketKey } from './bucket';
import { bucketedFigures } from './bucketed-figures';
import type { Round } from './buckets';
import { inMemoryBuckets, inMemoryCountedRuns } from './in-memory-buckets';
import { markedProgressStore } from './marked-progress-store';
import { markEach } from './marking';
import { Recounter, type CheckReport, type RecountReport } from './recounter';

const minuteMs = 60_000;
const done = [event('PromptCompleted'), completed('one')];
const ofAcme: BucketKey = { employerId: 'acme', day: '2026-03-01' as LocalDate };

const ground = () => {
  const inner = inMemoryProgressStore();
  let now = Date.parse('2026-03-05T02:00:00Z');
  const buckets = inMemoryBuckets(() => now);
  const runs = inMemoryCountedRuns(inner.allRuns);
  const checks: CheckReport[] = [];
  const recounts: RecountReport[] = [];
  const turn = { isOurs: true, tookMs: 0 };
  const pauses: number[] = [];
  const asked: Round[] = [];
  const recounter = new Recounter({
    buckets: {
      ...buckets,
      lastDone: (round) => {
        asked.push(round);
        return buckets.lastDone(round);
      },
    },
    runs,
    isOurs: () => turn.isOurs,
    now: () => now,
    everyMs: 1,
    pause: async (ms) => {
      pauses.push(ms);
      void recounter.stop();
    },
    onRecount: (report) => {
      recounts.push(report);
      now += turn.tookMs;
    },
    onCheck: (report) => void checks.push(report),
    onTrouble: (error) => {
      throw error;
    },
  });
  const figures = bucketedFigures({ figures: inMemoryRunFigures(inner.allRuns), runs, buckets });
  return {
    inner,
    store: markedProgressStore(inner, markEach(buckets)),
    buckets,
    figures,
    asked,
    checks,
    recounts,
    turn,
    pauses,
    recounter,
    later: (minutes: number) => void (now += minutes * minuteMs),
    tick: async () => {
      while (await recounter.tick());
    },
    kept: async () => (await buckets.on(ofAcme.day)).flatMap(({ cells }) => cells),
    assigned: async () => (await figures.counts({}, []))[0]?.counts.assigned,
  };
};

const add = ({ store }: Pick<ReturnType<typeof ground>, 'store'>, runs = [runOf({ later: done })]) =>
  store.save(
    runs.map((next) => ({ next, readVersion: 0 })),
    [],
  );

describe('whoever counts buckets anew', () => {
  it('begins with those of runs from before there were buckets', async () => {
    const { inner, tick, kept } = ground();
    await add({ store: inner });
    await tick();
    expect(await kept()).toMatchObject([{ counts: { assigned: 1 } }]);
  });

  it('counts what is marked, and leaves the rest', async () => {
    const world = ground();
    await world.tick();
    await add(world);
    await expect(world.assigned()).resolves.toBe(1);
    expect(await world.kept()).toEqual([]);
    await world.tick();
    expect(await world.kept()).toMatchObject([{ counts: { assigned: 1 } }]);
    expect(world.recounts.map(({ recounted }) => recounted)).toEqual([0, 1]);
    await expect(world.assigned()).resolves.toBe(1);
  });

  it.each([
    { tookMs: 0, pause: 1 },
    { tookMs: 100, pause: 1_900 },
  ])('has a twentieth of the time at most: $pause ms of rest after $tookMs', async ({ tookMs, pause }) => {
    const { recounter, turn, pauses } = ground();
    turn.tookMs = tookMs;
    recounter.start();
    while (pauses.length === 0) await new Promise(setImmediate);
    await recounter.stop();
    expect(pauses).toEqual([pause]);
  });

  it('does nothing while it is another replica’s turn', async () => {
    const { tick, turn, recounts } = ground();
    turn.isOurs = false;
    await tick();
    expect(recounts).toEqual([]);
  });

  it('keeps the mark of who is still writing, for as long as a write may take', async () => {
    const world = ground();
    await world.tick();
    const mark = await world.buckets.mark([ofAcme]);
    await world.tick();
    await expect(world.buckets.marks(10)).resolves.toEqual([mark]);
    await add({ store: world.inner });
    await expect(world.assigned()).resolves.toBe(1);
    world.later(5);
    await world.tick();
    await expect(world.buckets.marks(10)).resolves.toEqual([]);
    await expect(world.assigned()).resolves.toBe(1);
    expect(world.recounts.at(-1)).toMatchObject({ leftBehind: 1, oldestMs: 5 * minuteMs });
  });

  it('finds once a night what is wrong without a mark, tells it and mends it', async () => {
    const world = ground();
    await add(world);
    await world.tick();
    expect(world.checks).toEqual([]);
    const read = (await world.buckets.versions([ofAcme])).get(bucketIdOf(ofAcme)) ?? uncounted;
    await world.buckets.save([{ key: ofAcme, cells: [], contents: [], read }]);
    await expect(world.assigned()).resolves.toBeUndefined();
    world.later(90);
    await world.tick();
    expect(world.checks).toEqual([{ day: ofAcme.day, drifted: [ofAcme] }]);
    await expect(world.assigned()).resolves.toBe(1);
    await world.tick();
    world.later(60);
    await world.tick();
    expect(world.checks).toHaveLength(1);
    world.later(24 * 60);
    await world.tick();
    expect(world.checks.slice(1)).toEqual([{ day: ofAcme.day, drifted: [] }]);
  });

  it('asks whether the check is done until it is, and no more on that day', async () => {
    const world = ground();
    await world.tick();
    expect(world.asked).toEqual(['built']);
    world.later(90);
    await world.tick();
    await world.tick();
    expect(world.asked.slice(1)).toEqual(['checked', 'checked']);
    await world.tick();
    expect(world.asked).toHaveLength(3);
    world.later(24 * 60);
    await world.tick();
    expect(world.asked).toHaveLength(4);
  });
});

describe('the version of figures', () => {
  const version = async (world: ReturnType<typeof ground>, ...employers: readonly string[]) =>
    world.figures.version(employers.length === 0 ? undefined : employers);

  it('stays as long as nothing changes, and changes with a run of these employers alone', async () => {
    const world = ground();
    await world.tick();
    await add(world);
    await world.tick();
    const [acme, other, all] = [
      await version(world, 'acme'),
      await version(world, 'other'),
      await version(world),
    ];
    await expect(version(world, 'acme')).resolves.toBe(acme);
    await add(world);
    const marked = await version(world, 'acme');
    expect(marked).not.toBe(acme);
    await expect(version(world, 'other')).resolves.toBe(other);
    await expect(version(world)).resolves.not.toBe(all);
    await world.tick();
    await expect(version(world, 'acme')).resolves.not.toBe(acme);
  });

  it('is not told while somebody writes: what they write may be there or not', async () => {
    const world = ground();
    await expect(version(world)).resolves.toBeUndefined();
    await world.tick();
    await world.buckets.mark([ofAcme]);
    await expect(version(world, 'acme')).resolves.toBeUndefined();
    await expect(version(world, 'other')).resolves.toBeDefined();
  });
});
