import { setImmediate as turn } from 'node:timers/promises';
import type { LocalDate } from '@stopcovid/calendar';
import type { BucketKey } from './bucket';
import { inMemoryBuckets } from './in-memory-buckets';
import { SharedMarks } from './shared-marks';

const day = '2026-03-01' as LocalDate;
const [acme, other]: readonly [BucketKey, BucketKey] = [
  { employerId: 'acme', day },
  { employerId: 'other', day },
];

/** A write that goes on until it is ended. */
const endless = () => {
  const ends: { well: () => void; badly: () => void } = { well: () => undefined, badly: () => undefined };
  const result = new Promise<void>((resolve, reject) => {
    ends.well = resolve;
    ends.badly = () => reject(new Error('the database is away'));
  });
  return { write: () => result, ...ends, well: () => ends.well(), badly: () => ends.badly() };
};

const ground = () => {
  let now = 0;
  const rests: (() => void)[] = [];
  const buckets = inMemoryBuckets(() => now);
  const troubles: unknown[] = [];
  const marks = new SharedMarks({
    buckets,
    now: () => now,
    pause: (_ms, until) =>
      new Promise((resolve) => {
        rests.push(resolve);
        until?.addEventListener('abort', () => resolve());
      }),
    onTrouble: (error) => void troubles.push(error),
  });
  return {
    marks,
    buckets,
    troubles,
    set: async () => (await buckets.marks(10)).map(({ keys, written }) => ({ keys, written })),
    /** Its second is over. */
    later: async () => {
      now += 1_000;
      for (const rest of rests.splice(0)) rest();
      await turn();
    },
  };
};

const nothing = () => Promise.resolve();

describe('marks that writes share', () => {
  it('are there before anything is written', async () => {
    const { marks, set } = ground();
    const seen = await marks.around([acme, acme], set);
    expect(seen).toEqual([{ keys: [acme], written: false }]);
  });

  it('are joined by all that write the same buckets within a second, and written after it', async () => {
    const { marks, set, later } = ground();
    await marks.around([acme, other], nothing);
    await marks.around([other], nothing);
    await Promise.all([marks.around([acme], nothing), marks.around([acme], nothing)]);
    expect(await set()).toEqual([{ keys: [acme, other], written: false }]);
    await later();
    expect(await set()).toEqual([{ keys: [acme, other], written: true }]);
  });

  it('are set of those buckets alone that no mark covers yet', async () => {
    const { marks, set } = ground();
    await marks.around([acme], nothing);
    await marks.around([acme, other], nothing);
    expect(await set()).toEqual([
      { keys: [acme], written: false },
      { keys: [other], written: false },
    ]);
  });

  it('are not joined after their second, and not written before the last of their writes is', async () => {
    const { marks, set, later } = ground();
    const long = endless();
    const writing = marks.around([acme], long.write);
    await turn();
    await later();
    await marks.around([acme], nothing);
    expect(await set()).toEqual([
      { keys: [acme], written: false },
      { keys: [acme], written: false },
    ]);
    long.well();
    await writing;
    expect((await set()).map(({ written }) => written)).toEqual([true, false]);
  });

  it('are left behind where a write failed, and joined no more: it may still arrive', async () => {
    const { marks, set, later } = ground();
    const failing = endless();
    const writing = marks.around([acme], failing.write);
    await marks.around([acme], nothing);
    failing.badly();
    await expect(writing).rejects.toThrow('away');
    await marks.around([acme], nothing);
    await later();
    expect((await set()).map(({ written }) => written).sort()).toEqual([false, true]);
  });

  it('let nobody write where they cannot be set, and are set again by the next', async () => {
    const { marks, buckets, set } = ground();
    const mark = buckets.mark.bind(buckets);
    Object.assign(buckets, { mark: () => Promise.reject(new Error('the database is away')) });
    const written: string[] = [];
    const write = (what: string) => () => Promise.resolve(void written.push(what));
    await expect(marks.around([acme], write('one'))).rejects.toThrow('away');
    Object.assign(buckets, { mark });
    await marks.around([acme], write('two'));
    expect(written).toEqual(['two']);
    expect(await set()).toEqual([{ keys: [acme], written: false }]);
  });

  it('are written at once where nothing goes on', async () => {
    const { marks, set, troubles } = ground();
    await marks.around([acme], nothing);
    await marks.close();
    expect(await set()).toEqual([{ keys: [acme], written: true }]);
    expect(troubles).toEqual([]);
  });
});
