import { maria, sokha, world } from './reader-world.testkit';

describe('a document that cannot be read', () => {
  const spoil = async (size = 500) => {
    const all = world();
    all.put(maria, 1, 2);
    await all.read(size);
    all.spoilt.add(maria);
    all.put(maria, 3, 4);
    all.put(sokha, 1);
    await all.read(size);
    return all;
  };

  it('stops its own phone, on record with what is wrong', async () => {
    const { versions, waiting } = await spoil();
    expect(versions(sokha)).toEqual([1]);
    expect(await waiting.of(0)).toMatchObject([
      { phone: maria, readFrom: '2', because: 'unreadable', reason: 'versions: invalid_type' },
    ]);
  });

  it.each([1, 2, 500])('in part is not read again and again, %d at a time', async (size) => {
    const { spoiltParts, put, read, passes, sought, versions, waiting } = world();
    put(maria, 1);
    await read();
    spoiltParts.add(2);
    put(maria, 2, 3, 4);
    await read(size);
    expect(await waiting.of(0)).toMatchObject([{ because: 'unreadable' }]);
    expect(sought.length).toBeLessThan(3);
    spoiltParts.clear();
    passes(60_000);
    put(sokha, 1);
    await read(size);
    expect(versions()).toEqual([1, 2, 3, 4]);
    expect(await waiting.of(0)).toEqual([]);
  });

  it.each([1, 2, 500])(
    'stays on record until all was read that came meanwhile, read %d at a time',
    async (size) => {
      const { spoilt, put, putFuture, step, restart, versions, waiting, log } = await spoil();
      putFuture(maria, 5, true);
      await step(500);
      expect(await waiting.of(0)).toMatchObject([{ because: 'unreadable', readFrom: '2', passedTo: '5' }]);
      spoilt.delete(maria);
      put(sokha, 2);
      restart();
      const onRecord: (readonly [number, boolean])[] = [];
      for (let steps = 0; steps < 2 + log.length / size; steps += 1) {
        await step(size);
        const [wait] = await waiting.of(0);
        onRecord.push([versions()?.length ?? 0, wait?.unheard === true]);
      }
      expect(onRecord.filter(([read, passed]) => read < 4 && !passed)).toEqual([]);
      expect(await waiting.of(0)).toMatchObject([{ because: 'future', readFrom: '5' }]);
      expect(onRecord.at(-1)).toEqual([4, false]);
    },
  );

  it.each([
    ['after a restart', 1],
    ['after a restart', 500],
    ['after a while', 1],
    ['after a while', 500],
    ['with its next batch', 1],
    ['with its next batch', 500],
  ])('is gone on with %s once it was mended, read in slices of %#', async (when, size) => {
    const { spoilt, put, read, restart, passes, versions, waiting } = await spoil(size);
    spoilt.delete(maria);
    if (when === 'after a restart') restart();
    if (when === 'after a while') passes(61_000);
    put(when === 'with its next batch' ? maria : sokha, when === 'with its next batch' ? 5 : 2);
    await read(size);
    expect(versions()?.slice(0, 4)).toEqual([1, 2, 3, 4]);
    expect(await waiting.of(0)).toEqual([]);
  });

  it('is read on from where it stands when it was put back to an earlier batch', async () => {
    const { spoilt, stored, put, read, restart, versions } = await spoil();
    spoilt.delete(maria);
    stored.set(maria, { versions: [1], offset: '0', glimpsed: 0 });
    restart();
    put(sokha, 2);
    await read();
    expect(versions()).toEqual([1, 2, 3, 4]);
  });
});

describe('what is on record of a waiting phone cannot be read', () => {
  it.each([1, 2, 500])('so the topic is read again for it, and it goes on, %d at a time', async (size) => {
    const { put, read, restart, versions, waiting } = world();
    put(maria, 1, 3);
    put(sokha, 1);
    await read(size);
    const [gap] = await waiting.of(0);
    if (gap === undefined) throw new Error('nobody waits');
    const { phone, partition, since } = gap;
    const spoilt = { phone, partition, since, after: 0, readFrom: '0', reason: 'after: invalid_type' };
    await waiting.keep([{ ...spoilt, because: 'unreadable' }]);
    restart();
    put(sokha, 2);
    await read(size);
    expect(versions(sokha)).toEqual([1, 2]);
    expect(await waiting.of(0)).toMatchObject([{ because: 'gap', after: 1 }]);
    put(maria, 2);
    await read(size);
    expect(versions()).toEqual([1, 2, 3]);
    expect(await waiting.of(0)).toEqual([]);
  });
});
