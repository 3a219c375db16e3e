import type { Export } from './export';
import type { ExportChunks } from './export-chunks';
import { after, asked, dayMs, noon, ready, running } from './exports.testkit';
import type { Exports } from './exports';

const idsOf = async (all: AsyncIterable<Export>): Promise<readonly string[]> => {
  const ids: string[] = [];
  for await (const { id } of all) ids.push(id);
  return ids;
};

/** What every store of exports must do. */
export const exportsContract = (open: () => Promise<Exports>): void => {
  const filled = async (...all: readonly Export[]): Promise<Exports> => {
    const exports_ = await open();
    for (const one of all) await exports_.add(one);
    return exports_;
  };

  it('keeps an export as it was asked for, once', async () => {
    const limited = asked({ id: 'ex_two', employers: ['acme', 'other'] });
    const exports_ = await filled(asked(), limited);
    expect(await exports_.add(asked({ by: 'another' }))).toBe(false);
    expect([await exports_.one('ex_one'), await exports_.one('ex_two')]).toEqual([asked(), limited]);
    expect(await exports_.one('ex_three')).toBeUndefined();
  });

  it('lists them the latest first, from behind a place on', async () => {
    const exports_ = await filled(
      asked({ id: 'ex_a' }),
      asked({ id: 'ex_b' }),
      asked({ id: 'ex_c', createdAt: after(1) }),
    );
    expect(await idsOf(exports_.list())).toEqual(['ex_c', 'ex_b', 'ex_a']);
    expect(await idsOf(exports_.list({ at: noon, id: 'ex_b' }))).toEqual(['ex_a']);
  });

  it('finds the one that is due the longest: asked for, or left by who had it', async () => {
    const exports_ = await filled(
      asked({ standing: { state: 'queued', attempts: 0, dueAt: after(5) } }),
      running({ dueAt: after(3) }, { id: 'ex_left' }),
      ready({}, { id: 'ex_ready' }),
      asked({ id: 'ex_failed', standing: { state: 'failed', endedAt: noon, because: 'no-room' } }),
    );
    expect(await exports_.due(after(2))).toBeUndefined();
    expect(await exports_.due(after(9))).toMatchObject({ id: 'ex_left' });
  });

  it('writes an export that is still as it was read, for one alone of those who try', async () => {
    const exports_ = await filled(asked());
    const saved = await exports_.save(asked(), running());
    expect(saved).toEqual({ ...running(), version: 2 });
    expect(await exports_.one('ex_one')).toEqual(saved);
    expect(await exports_.save(asked(), ready())).toBeUndefined();
    await exports_.remove('ex_one');
    expect(await exports_.save({ ...asked(), version: 2 }, ready())).toBeUndefined();
    expect(await exports_.one('ex_one')).toBeUndefined();
  });

  it('removes one once', async () => {
    const exports_ = await filled(asked());
    expect([await exports_.remove('ex_one'), await exports_.remove('ex_one')]).toEqual([true, false]);
  });

  it('knows what is ready and untold, what has expired, and what files take up', async () => {
    const old = { expiresAt: after(dayMs) };
    const exports_ = await filled(
      ready(),
      ready({ told: true }, { id: 'ex_told', ...old }),
      running({ bytes: 7 }, { id: 'ex_running' }),
      asked({ id: 'ex_gone', ...old, standing: { state: 'expired' } }),
    );
    expect((await exports_.untold()).map(({ id }) => id)).toEqual(['ex_one']);
    expect(await exports_.expired(after(dayMs - 1))).toEqual([]);
    expect((await exports_.expired(after(dayMs))).map(({ id }) => id)).toEqual(['ex_told']);
    expect(await exports_.bytes()).toBe(40 + 40 + 7);
    expect(await (await open()).bytes()).toBe(0);
  });
};

/** What every store of chunks must do. */
export const exportChunksContract = (open: () => Promise<ExportChunks>): void => {
  const place = { export: 'ex_one', claim: 'c1', index: 0 };
  const others = [
    { ...place, index: 1 },
    { ...place, claim: 'c2' },
    { ...place, export: 'ex_two' },
  ];
  const bytes = Uint8Array.from([0, 255, 10]);
  const filled = async (): Promise<ExportChunks> => {
    const chunks = await open();
    for (const each of [place, ...others]) await chunks.write({ ...each, bytes, expiresAt: after(dayMs) });
    return chunks;
  };
  const left = async (chunks: ExportChunks): Promise<readonly boolean[]> =>
    Promise.all([place, ...others].map(async (each) => (await chunks.read(each)) !== undefined));

  it('gives the bytes of a chunk back as they were', async () => {
    const chunks = await filled();
    expect(Buffer.from((await chunks.read(place)) ?? [])).toEqual(Buffer.from(bytes));
    expect(await chunks.read({ ...place, index: 2 })).toBeUndefined();
  });

  it('removes what every other attempt wrote, what one wrote, or all of an export', async () => {
    const chunks = await filled();
    await chunks.removeOf('ex_one', 'c1');
    expect(await left(chunks)).toEqual([true, true, false, true]);
    await chunks.removeAttempt('ex_one', 'c2');
    expect(await left(chunks)).toEqual([true, true, false, true]);
    await chunks.removeAttempt('ex_one', 'c1');
    expect(await left(chunks)).toEqual([false, false, false, true]);
    await chunks.removeOf('ex_two');
    expect(await left(chunks)).toEqual([false, false, false, false]);
  });
};
