import type { LocalDate } from '@stopcovid/calendar';
import { runOf } from '../figures/figures.testkit';
import { inMemoryProgressStore } from '../progress/in-memory-progress-store';
import { bucketIdOf, distinctKeys, keysOf, uncounted, type BucketKey } from './bucket';
import { inMemoryBuckets, inMemoryCountedRuns } from './in-memory-buckets';
import { proveBuckets, type Drift } from './prove-buckets';
import { recountBuckets } from './recounter';

const ofAcme: BucketKey = { employerId: 'acme', day: '2026-03-02' as LocalDate };
const ofOther: BucketKey = { employerId: 'other', day: '2026-03-02' as LocalDate };

const ground = async () => {
  const store = inMemoryProgressStore();
  const buckets = inMemoryBuckets();
  const parts = { buckets, runs: inMemoryCountedRuns(store.allRuns) };
  const add = (all: readonly ReturnType<typeof runOf>[]) =>
    store.save(
      all.map((next) => ({ next, readVersion: 0 })),
      [],
    );
  const runs = [1, 2, 3].flatMap((day) => [runOf({ day }), runOf({ day, account: { employerId: 'other' } })]);
  await add(runs);
  await recountBuckets(parts, distinctKeys(runs.flatMap(keysOf)));
  const prove = async (swap = false, signal?: AbortSignal) => {
    const drifts: Drift[] = [];
    const days: LocalDate[] = [];
    const totals = await proveBuckets(parts, {
      swap,
      onDrift: (drift) => void drifts.push(drift),
      onDay: (day) => void days.push(day),
      ...(signal && { signal }),
    });
    return { totals, drifts, days };
  };
  return { buckets, parts, add, prove };
};

const built = async () => {
  const world = await ground();
  await world.buckets.noteDone('built', new Date());
  return world;
};

/** Says of a bucket that it has no runs. */
const empty = async ({ buckets }: Awaited<ReturnType<typeof ground>>, key: BucketKey): Promise<void> => {
  const read = (await buckets.versions([key])).get(bucketIdOf(key)) ?? uncounted;
  await buckets.save([{ key, cells: [], contents: [], read }]);
};

describe('the proof of figures', () => {
  it('compares the buckets of every day, and is content where they are what the runs come to', async () => {
    const { prove } = await built();
    await expect(prove()).resolves.toEqual({
      totals: { days: 3, compared: 6, drifted: 0, replaced: 0, built: true },
      drifts: [],
      days: ['2026-03-01', '2026-03-02', '2026-03-03'],
    });
  });

  it('names each that has drifted, and changes nothing unless told to', async () => {
    const world = await built();
    await empty(world, ofAcme);
    const wrong = {
      totals: { compared: 6, drifted: 1, replaced: 0 },
      drifts: [{ key: ofAcme, replaced: false }],
    };
    await expect(world.prove()).resolves.toMatchObject(wrong);
    await expect(world.prove()).resolves.toMatchObject(wrong);
  });

  it('counts anew what has drifted when told to, and then finds nothing', async () => {
    const world = await built();
    await empty(world, ofAcme);
    await empty(world, ofOther);
    await expect(world.prove(true)).resolves.toMatchObject({
      totals: { compared: 6, drifted: 2, replaced: 2 },
      drifts: [
        { key: ofAcme, replaced: true },
        { key: ofOther, replaced: true },
      ],
    });
    await expect(world.prove()).resolves.toMatchObject({ totals: { drifted: 0 } });
  });

  it('takes a bucket that is still to be counted anew for no drift: nobody relies on it', async () => {
    const world = await built();
    await world.buckets.mark([ofAcme]);
    await world.add([runOf({ day: 2 })]);
    await expect(world.prove()).resolves.toMatchObject({ totals: { compared: 6, drifted: 0 } });
  });

  it('finds days of which only runs, or only buckets, are there', async () => {
    const world = await built();
    await world.add([runOf({ day: 5 })]);
    const stray = { employerId: null, day: '2026-03-04' as LocalDate };
    const cells = (await world.buckets.on(ofAcme.day))[0]?.cells ?? [];
    await world.buckets.save([{ key: stray, cells, contents: [], read: uncounted }]);
    const { drifts, days } = await world.prove(true);
    expect(days).toHaveLength(5);
    expect(drifts.map(({ key }) => key)).toEqual([
      stray,
      { employerId: 'acme', day: '2026-03-05' as LocalDate },
    ]);
    await expect(world.prove()).resolves.toMatchObject({ totals: { drifted: 0 } });
  });

  it('says that there is nothing to prove before buckets were built', async () => {
    const { prove } = await ground();
    await expect(prove(true)).resolves.toMatchObject({ totals: { built: false, compared: 0 } });
  });

  it('stops when told to', async () => {
    const { prove } = await built();
    await expect(prove(true, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
  });
});
