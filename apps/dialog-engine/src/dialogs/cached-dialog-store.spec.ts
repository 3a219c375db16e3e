import { initialState } from '@stopcovid/dialog-core';
import { ann } from '../engine.testkit';
import { cachedDialogStore } from './cached-dialog-store';
import type { Dialog, DialogStore } from './dialog-store';
import { inMemoryDialogStore } from './in-memory-dialog-store';

const dialogAt = (version: number): Dialog => ({
  phone: ann,
  version,
  state: initialState(),
  outbox: [],
  recentCommandIds: [],
});

const counted = (store: DialogStore) => {
  const loads: number[] = [];
  const counting: DialogStore = {
    ...store,
    load: (phones) => {
      loads.push(phones.length);
      return store.load(phones);
    },
  };
  return { counting, loads };
};

describe('a cache of dialogs', () => {
  it('does not ask the store for what it has just written', async () => {
    const { counting, loads } = counted(inMemoryDialogStore());
    const cached = cachedDialogStore(counting, 5);
    await cached.commit([{ expected: 0, dialog: dialogAt(1) }]);
    expect((await cached.load([ann])).get(ann)).toMatchObject({ dialog: { version: 1 } });
    expect(loads).toEqual([]);
  });

  it('reads again after a conflict', async () => {
    const store = inMemoryDialogStore();
    const cached = cachedDialogStore(store, 5);
    await cached.commit([{ expected: 0, dialog: dialogAt(1) }]);
    await store.commit([{ expected: 1, dialog: dialogAt(2) }]);
    expect(await cached.commit([{ expected: 1, dialog: dialogAt(2) }])).toEqual(new Set([ann]));
    expect((await cached.load([ann])).get(ann)).toMatchObject({ dialog: { version: 2 } });
  });

  it('reads again after a write of which nobody knows whether it happened', async () => {
    const store = inMemoryDialogStore();
    let fails = false;
    const lossy: DialogStore = {
      ...store,
      async commit(changes) {
        const conflicts = await store.commit(changes);
        if (fails) throw new Error('the answer was lost');
        return conflicts;
      },
    };
    const cached = cachedDialogStore(lossy, 5);
    await cached.commit([{ expected: 0, dialog: dialogAt(1) }]);
    fails = true;
    await expect(cached.commit([{ expected: 1, dialog: dialogAt(2) }])).rejects.toThrow('lost');
    expect((await cached.load([ann])).get(ann)).toMatchObject({ dialog: { version: 2 } });
  });

  it('reads afresh where that is asked for, and remembers nothing older afterwards', async () => {
    const store = inMemoryDialogStore();
    const cached = cachedDialogStore(store, 5);
    await cached.commit([{ expected: 0, dialog: dialogAt(1) }]);
    await store.commit([{ expected: 1, dialog: dialogAt(2) }]);
    expect((await cached.load([ann])).get(ann)).toMatchObject({ dialog: { version: 1 } });
    expect((await cached.load([ann], 'afresh')).get(ann)).toMatchObject({ dialog: { version: 2 } });
    expect((await cached.load([ann])).get(ann)).toMatchObject({ dialog: { version: 2 } });
  });
});
