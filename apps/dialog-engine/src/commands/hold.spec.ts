import { mongo } from 'mongoose';
import type { DialogStore } from '../dialogs/dialog-store';
import { inMemoryDialogStore } from '../dialogs/in-memory-dialog-store';
import { inMemoryHeldCommands, type HeldCommands } from '../held/held-commands';
import {
  ann,
  batchesOf,
  bob,
  contextWith,
  engineWith,
  kindsOf,
  recordOf,
  start,
  text,
} from '../engine.testkit';

/** A store in which one phone's document can be spoilt, and mended again. */
const spoilable = () => {
  const inner = inMemoryDialogStore();
  const spoilt = { on: false };
  const store: DialogStore = {
    ...inner,
    load: async (phones) => {
      const loaded = new Map(await inner.load(phones));
      if (spoilt.on && phones.includes(ann))
        loaded.set(ann, { kind: 'unreadable', reason: 'state: invalid' });
      return loaded;
    },
  };
  return { store, spoilt };
};

const engine = async (held: HeldCommands = inMemoryHeldCommands()) => {
  const { store, spoilt } = spoilable();
  const made = engineWith({ store, held });
  await made.handle([recordOf(text(ann, 'c0', 'clean1'), 0)], contextWith('0'));
  spoilt.on = true;
  return { ...made, store, spoilt };
};

/** `c1` was decided and not told before its document could not be read, and was held; now it can be read again. */
const heldAfterDeciding = async () => {
  const made = await engine();
  const { handle, publisher, spoilt } = made;
  spoilt.on = false;
  publisher.broken = true;
  await handle([recordOf(start(ann, 'c1'), 1)], contextWith('1'));
  publisher.broken = false;
  spoilt.on = true;
  await handle([recordOf(start(ann, 'c1'), 1)], contextWith('1'));
  spoilt.on = false;
  return made;
};

const idsOf = (published: Parameters<typeof batchesOf>[0], phone = ann) =>
  batchesOf(published, phone).map(({ commandId }) => commandId);

describe('a phone whose document cannot be read', () => {
  it('waits with its commands while the other phones go on, and says so loudly', async () => {
    const { handle, publisher, reports } = await engine();
    const records = [recordOf(start(ann, 'c1'), 1), recordOf(text(bob, 'c2', 'hi'), 2)];
    expect(kindsOf(await handle(records, contextWith('1')))).toEqual(['done', 'done']);
    expect(idsOf(publisher.published)).toEqual(['c0']);
    expect(idsOf(publisher.published, bob)).toEqual(['c2']);
    expect(reports.at(-1)?.results.map(({ waits }) => waits?.code)).toEqual(['STATE_UNREADABLE', undefined]);
  });

  it('is told what was decided before a crash and held since, once its document can be read again', async () => {
    const { handle, publisher } = await heldAfterDeciding();
    await handle([recordOf(text(ann, 'c2', 'b'), 2)], contextWith('2'));
    expect(idsOf(publisher.published)).toEqual(['c0', 'c1', 'c2']);
  });

  it('is told it also where the process ends between the write of what came next and its telling', async () => {
    const { handle, publisher } = await heldAfterDeciding();
    const next = [recordOf(text(ann, 'c2', 'b'), 2)];
    publisher.broken = true;
    expect(kindsOf(await handle(next, contextWith('2')))).toEqual(['retry']);
    publisher.broken = false;
    await handle(next, contextWith('2'));
    expect(idsOf(publisher.published)).toEqual(['c0', 'c1', 'c2']);
  });

  it('has them decided first, in their order, once its document can be read again', async () => {
    const { handle, publisher, spoilt, store } = await engine();
    await handle([recordOf(start(ann, 'c1'), 1)], contextWith('1'));
    await handle([recordOf(text(ann, 'c2', 'b'), 2)], contextWith('2'));
    spoilt.on = false;
    await handle([recordOf(text(ann, 'c3', 'MORE'), 3)], contextWith('3'));
    expect(idsOf(publisher.published)).toEqual(['c0', 'c1', 'c2', 'c3']);
    expect(batchesOf(publisher.published, ann).map(({ version }) => version)).toEqual([1, 2, 3, 4]);
    expect((await store.load([ann])).get(ann)).toMatchObject({ dialog: { version: 4, hold: null } });
  });

  it('has nothing sent to it meanwhile, and an opt-out decided before all that waited with it', async () => {
    const { handle, publisher, spoilt } = await engine();
    await handle([recordOf(start(ann, 'c1'), 1)], contextWith('1'));
    await handle([recordOf(text(ann, 'c2', 'START'), 2)], contextWith('2'));
    await handle([recordOf(text(ann, 'c3', 'STOP'), 3)], contextWith('3'));
    expect(idsOf(publisher.published)).toEqual(['c0']);
    spoilt.on = false;
    await handle([recordOf(text(ann, 'c4', 'MORE'), 4)], contextWith('4'));
    const [, ...later] = batchesOf(publisher.published, ann);
    expect(later.map(({ commandId }) => commandId)).toEqual(['c3', 'c1', 'c2', 'c4']);
    expect(later.map(({ trainee }) => trainee.optedOut)).toEqual([true, true, true, true]);
  });

  it('has all of them published when the process dies between deciding and publishing', async () => {
    const { handle, publisher, spoilt } = await engine();
    await handle([recordOf(start(ann, 'c1'), 1)], contextWith('1'));
    spoilt.on = false;
    publisher.broken = true;
    const next = [recordOf(text(ann, 'c2', 'b'), 2)];
    expect(kindsOf(await handle(next, contextWith('2')))).toEqual(['retry']);
    publisher.broken = false;
    expect(kindsOf(await handle(next, contextWith('2')))).toEqual(['done']);
    expect(idsOf(publisher.published)).toEqual(['c0', 'c1', 'c2']);
  });

  it('has a held command decided once when that very command comes again', async () => {
    const { handle, publisher, spoilt } = await engine();
    const held = start(ann, 'c1');
    await handle([recordOf(held, 1)], contextWith('1'));
    await handle([recordOf(held, 2)], contextWith('2'));
    spoilt.on = false;
    await handle([recordOf(held, 3)], contextWith('3'));
    expect(new Set(idsOf(publisher.published))).toEqual(new Set(['c0', 'c1']));
    expect(batchesOf(publisher.published, ann).at(-1)?.version).toBe(2);
  });

  it('has a held command that can never be decided handed back to its topic', async () => {
    const { handle, publisher, spoilt } = await engine();
    await handle([recordOf(start(ann, 'c1', 'juggling'), 1)], contextWith('1'));
    spoilt.on = false;
    await handle([recordOf(text(ann, 'c2', 'HELP'), 2)], contextWith('2'));
    const last = publisher.published.at(-1);
    expect(JSON.parse(String(last?.value))).toMatchObject({ type: 'StartDrill', commandId: 'c1' });
  });

  it('has its commands handed over again when they cannot be kept', async () => {
    const away = (): Promise<never> => Promise.reject(new mongo.MongoNetworkError('away'));
    const { handle } = await engine({ ...inMemoryHeldCommands(), keep: away });
    expect(kindsOf(await handle([recordOf(start(ann, 'c1'), 1)], contextWith('1')))).toEqual(['retry']);
  });
});
