import { maria, sokha, world } from './reader-world.testkit';

describe('a missing batch', () => {
  it('is looked for once, from the last one that the phone has; then the phone waits on record', async () => {
    const { put, read, sought, waiting, versions, reports } = world();
    put(maria, 1);
    put(sokha, 1, 2);
    put(maria, 3);
    put(sokha, 3);
    await read(2);
    expect(sought).toEqual(['0']);
    expect(versions(sokha)).toEqual([1, 2, 3]);
    expect(await waiting.of(0)).toMatchObject([{ phone: maria, after: 1, found: 3, because: 'gap' }]);
    expect(reports.flatMap(({ began }) => began)).toHaveLength(1);
    put(maria, 4);
    await read();
    expect(sought).toEqual(['0']);
  });

  it.each([1, 3, 500])('lets those behind it in once it came, read %d at a time', async (size) => {
    const { put, read, versions, waiting } = world();
    put(maria, 1, 3, 4, 5);
    await read(size);
    put(maria, 2);
    await read(size);
    expect(versions()).toEqual([1, 2, 3, 4, 5]);
    expect(await waiting.of(0)).toEqual([]);
  });

  it('is not looked for again after a restart, and never from the beginning', async () => {
    const { put, read, sought, restart, waiting, reports } = world();
    put(sokha, 1, 2, 3);
    put(maria, 1, 3);
    await read();
    restart();
    put(sokha, 4);
    put(maria, 4);
    await read();
    expect(sought).toEqual(['3']);
    expect(await waiting.of(0)).toHaveLength(1);
    expect(reports.at(-1)?.waitingPhones).toBe(1);
  });

  it('is looked for again when the partition was lost before the looking ended', async () => {
    const { put, step, sought, rebalance, waiting } = world();
    put(maria, 1, 3);
    await step(9);
    rebalance();
    await step(9);
    expect(await waiting.of(0)).toEqual([]);
    await step(9);
    expect(await waiting.of(0)).toHaveLength(1);
    expect(sought).toEqual(['0', '0']);
  });

  it('goes on after a restart where a crash cut off the reading of what had passed by', async () => {
    const { put, read, restart, stored, versions } = world();
    put(maria, 1, 3);
    await read();
    stored.set(maria, { versions: [1, 2], offset: '0', glimpsed: 3 });
    restart();
    put(sokha, 1);
    await read();
    expect(versions()).toEqual([1, 2, 3]);
  });

  it.each([1, 2, 500])(
    'is found where it stands behind the one that follows it, read %d at a time',
    async (size) => {
      const { put, read, versions, waiting } = world();
      put(maria, 2, 1, 4, 3, 6, 5);
      await read(size);
      expect(versions()).toEqual([1, 2, 3, 4, 5, 6]);
      expect(await waiting.of(0)).toEqual([]);
    },
  );

  it('lets later ones be glimpsed at once', async () => {
    const { put, read, stored } = world();
    put(maria, 1, 3);
    await read();
    put(maria, 7);
    await read();
    expect(stored.get(maria)).toMatchObject({ versions: [1], glimpsed: 7 });
  });
});

describe('a partition on which nothing comes', () => {
  it.each([1, 500])('lets a mended document take in what it missed, read %d at a time', async (size) => {
    const { put, spoilt, read, asks, versions, waiting } = world();
    put(maria, 1);
    await read(size);
    spoilt.add(maria);
    put(maria, 2, 3);
    await read(size);
    expect(await asks()).toBe(false);
    spoilt.delete(maria);
    expect(await asks()).toBe(true);
    await read(size);
    expect(versions()).toEqual([1, 2, 3]);
    expect(await waiting.of(0)).toEqual([]);
    expect(await asks()).toBe(false);
  });

  it('is not read again while it still is because of the last time', async () => {
    const { put, spoilt, step, read, asks, versions } = world();
    put(sokha, 1, 2, 3);
    spoilt.add(maria);
    put(maria, 1, 2);
    await read();
    spoilt.delete(maria);
    expect(await asks()).toBe(true);
    await step(1);
    expect(await asks()).toBe(false);
    await read();
    expect(versions()).toEqual([1, 2]);
  });

  it('is read on by the release that can, in its first membership', async () => {
    const { put, putFuture, becomesReadable, read, restart, asks, versions } = world();
    putFuture(maria, 1);
    put(maria, 2);
    await read();
    expect(await asks()).toBe(false);
    becomesReadable(0, 1);
    restart();
    expect(await asks()).toBe(true);
    await read();
    expect(versions()).toEqual([1, 2]);
  });

  it.each([1, 500])(
    'is read on by a phone that was put forward over its gap, read %d at a time',
    async (size) => {
      const { put, stored, read, asks, versions, waiting } = world();
      put(maria, 1, 3, 5);
      await read(size);
      stored.set(maria, { versions: [1, 2], offset: '0', glimpsed: 3 });
      expect(await asks()).toBe(true);
      await read(size);
      expect(versions()).toEqual([1, 2, 3]);
      expect(await waiting.of(0)).toMatchObject([{ because: 'gap', after: 3, found: 5 }]);
      expect(await asks()).toBe(false);
    },
  );

  it('forgets a phone that was put forward past all there is, and does not read for it for ever', async () => {
    const { put, stored, read, asks, waiting } = world();
    put(maria, 1, 3);
    await read();
    stored.set(maria, { versions: [1, 2, 3], offset: '0', glimpsed: 3 });
    expect(await asks()).toBe(true);
    await read();
    expect(await waiting.of(0)).toEqual([]);
    expect(await asks()).toBe(false);
  });

  it('waits in no hurry for a phone whose gap is still open', async () => {
    const { put, stored, read, asks } = world();
    put(maria, 1, 5);
    await read();
    stored.set(maria, { versions: [1, 2], offset: '0', glimpsed: 5 });
    expect(await asks()).toBe(true);
    await read();
    expect(await asks()).toBe(false);
  });
});
