import type { LocalDate } from '@stopcovid/calendar';
import { runOf } from '../figures/figures.testkit';
import { runFiguresContract } from '../figures/run-figures.contract';
import { addContents } from '../figures/question-table';
import type { DrillFilter, GroupKey, RunFigures, RunFilter } from '../figures/run-figures';
import type { DrillRun } from '../progress/drill-run';
import { completed, event } from '../tracker.testkit';
import type { ProgressStore } from '../progress/progress-store';
import { bucketIdOf, distinctKeys, keysOf, uncounted, type BucketKey } from './bucket';
import { bucketedFigures } from './bucketed-figures';
import type { Buckets, CountedRuns } from './buckets';
import { checkDay, recountBuckets } from './recounter';

/** Runs, and buckets of them that are still empty. */
export type BucketGround = {
  readonly store: ProgressStore;
  readonly figures: RunFigures;
  readonly runs: CountedRuns;
  readonly buckets: Buckets;
};

const done = [event('PromptCompleted'), completed('one')];
const acme = (day: string): BucketKey => ({ employerId: 'acme', day: day as LocalDate });

const asked: readonly (readonly [RunFilter, readonly GroupKey[]])[] = [
  [{}, []],
  [{}, ['employerId', 'day']],
  [{}, ['employerId', 'unitId', 'label', 'drill', 'revision', 'language', 'reason', 'day']],
  [{}, ['unitId']],
  [{}, ['employerId', 'unitId', 'day']],
  [{ unitId: 'kitchen' }, ['day']],
  [{}, ['drill']],
  [{ drill: 'one', employerId: 'acme' }, ['day']],
  [{ drill: 'one' }, ['unitId']],
  [{ language: 'es' }, ['drill', 'revision', 'employerId']],
  [{ label: 'night' }, ['unitId']],
  [{ unitId: 'kitchen', language: 'en' }, []],
  [{ employers: ['acme'], from: '2026-03-02' as LocalDate }, ['label']],
  [{ employerId: 'other', until: '2026-03-03' as LocalDate }, []],
];

/** What every place for buckets must do. */
export const bucketsContract = (open: () => Promise<BucketGround>): void => {
  const save = ({ store }: BucketGround, runs: readonly DrillRun[]) =>
    store.save(
      runs.map((next) => ({ next, readVersion: 0 })),
      [],
    );

  const recountAll = (ground: BucketGround, runs: readonly DrillRun[]) =>
    recountBuckets(ground, distinctKeys(runs.flatMap(keysOf)));

  describe('asked for figures', () =>
    runFiguresContract(async (runs) => {
      const ground = await open();
      await save(ground, runs);
      await recountAll(ground, runs);
      await ground.buckets.noteDone('built', new Date());
      return bucketedFigures(ground);
    }));

  describe('kept', () => {
    let ground: BucketGround;
    const people = [
      runOf({ account: { unitId: 'kitchen', labels: ['night', 'new'] }, later: done }),
      runOf({ account: { unitId: 'kitchen', labels: ['night', 'new'] }, later: done }),
      runOf({ account: { unitId: 'bar', labels: ['night'] }, language: 'es', day: 2 }),
      runOf({ account: { employerId: 'other' }, later: done, day: 3 }),
      runOf({ account: { employerId: undefined }, day: 3 }),
      runOf({ demo: true, day: 4 }),
    ];
    beforeAll(async () => {
      ground = await open();
      await save(ground, people);
      await recountAll(ground, people);
    });

    const sorted = (groups: readonly object[]) => groups.map((group) => JSON.stringify(group)).sort();

    it.each(asked)('add up to what runs do: %j by %j', async (filter, by) =>
      expect(sorted(await ground.buckets.counts({ filter, by, except: [] }))).toEqual(
        sorted(await ground.figures.counts(filter, by)),
      ),
    );

    it.each<DrillFilter>([
      { drill: 'one' },
      { drill: 'one', employerId: 'acme', language: 'es' },
      { drill: 'one', employers: ['other'] },
      { drill: 'one', from: '2026-03-02' as LocalDate, until: '2026-03-03' as LocalDate },
      { drill: 'none' },
    ])('say of questions what runs do: %j', async (filter) =>
      expect(addContents(await ground.buckets.questions({ filter, except: [] }))).toEqual(
        await ground.figures.questions(filter),
      ),
    );

    it('say nothing of the questions of those that are excepted', async () => {
      const told = await ground.buckets.questions({
        filter: { drill: 'one', employerId: 'acme' },
        except: [acme('2026-03-01')],
      });
      expect(told.map(({ firstDay, runs }) => [firstDay, runs])).toEqual([['2026-03-02', 1]]);
    });

    it('leave out those that are excepted', () =>
      expect(
        ground.buckets.counts({ filter: { employerId: 'acme' }, by: ['day'], except: [acme('2026-03-01')] }),
      ).resolves.toMatchObject([{ name: { day: '2026-03-02' } }]));

    it('are told by their days, of runs that do not count too', async () => {
      const days: LocalDate[] = [];
      for (
        let day = await ground.buckets.nextDay(undefined);
        day !== undefined;
        day = await ground.buckets.nextDay(day)
      )
        days.push(day);
      expect(days).toEqual(['2026-03-01', '2026-03-02', '2026-03-03', '2026-03-04']);
      await expect(ground.runs.nextDay(days[2])).resolves.toBe('2026-03-04');
      await expect(ground.runs.nextDay(days[3])).resolves.toBeUndefined();
      expect([...(await ground.runs.employersOn('2026-03-03' as LocalDate))].sort()).toEqual(
        [null, 'other'].sort(),
      );
    });

    it('are not written by who counted before another did', async () => {
      const key = acme('2026-03-02');
      const [bucket] = await ground.buckets.on(key.day);
      const versions = await ground.buckets.versions([key, acme('2027-01-01')]);
      const read = versions.get(bucketIdOf(key)) ?? uncounted;
      expect([...versions]).toEqual([[bucketIdOf(key), bucket?.versions]]);
      await recountBuckets(ground, [key]);
      await expect(ground.buckets.save([{ key, cells: [], contents: [], read }])).resolves.toEqual(
        new Set([bucketIdOf(key)]),
      );
      await expect(checkDay(ground, key.day)).resolves.toMatchObject({ drifted: [] });
    });

    it('have another version after each recount, for their own employers alone', async () => {
      const versions = () => Promise.all([['acme'], ['other'], undefined].map(ground.buckets.version));
      const before = await versions();
      await recountBuckets(ground, [acme('2026-03-01')]);
      const after = await versions();
      expect(after.map((version, index) => version === before[index])).toEqual([false, true, false]);
    });

    it.each([
      ['cells and questions', { cells: [], contents: [] }],
      ['their cells', { cells: [] }],
      ['their questions', { contents: [] }],
    ])(
      'are found where %s are not what their runs come to, and not while they are marked',
      async (_, wrong) => {
        const key = acme('2026-03-01');
        const read = (await ground.buckets.versions([key])).get(bucketIdOf(key)) ?? uncounted;
        const [right] = await ground.buckets.on(key.day);
        if (right === undefined) throw new Error('there is a bucket');
        await ground.buckets.save([{ ...right, ...wrong, read }]);
        await expect(checkDay(ground, key.day)).resolves.toEqual({ buckets: 1, drifted: [key] });
        const mark = await ground.buckets.mark([key]);
        await expect(checkDay(ground, key.day)).resolves.toMatchObject({ drifted: [] });
        await ground.buckets.remove([mark]);
        await recountBuckets(ground, [key]);
        await expect(checkDay(ground, key.day)).resolves.toMatchObject({ drifted: [] });
      },
    );
  });

  describe('marked', () => {
    it('stay so until the mark is removed, the oldest first; who comes late sets it again', async () => {
      const { buckets } = await open();
      const keys = [acme('2026-03-01'), { employerId: null, day: '2026-03-02' as LocalDate }];
      const first = await buckets.mark(keys);
      await expect(buckets.marks(10)).resolves.toEqual([{ ...first, keys, written: false }]);
      const second = await buckets.mark([acme('2026-03-03')]);
      await buckets.written(second);
      await expect(buckets.marks(10)).resolves.toMatchObject([{ written: false }, { written: true }]);
      await expect(buckets.marks(1)).resolves.toEqual([first]);
      await buckets.remove([first, second]);
      await expect(buckets.marks(10)).resolves.toEqual([]);
      await buckets.written(first);
      await expect(buckets.marks(10)).resolves.toEqual([{ ...first, written: true }]);
    });

    it('remember when something was done last', async () => {
      const { buckets } = await open();
      await expect(buckets.lastDone('checked')).resolves.toBeUndefined();
      await buckets.noteDone('checked', new Date(1));
      await buckets.noteDone('checked', new Date(2));
      await expect(buckets.lastDone('checked')).resolves.toEqual(new Date(2));
      await expect(buckets.lastDone('built')).resolves.toBeUndefined();
    });
  });
};
