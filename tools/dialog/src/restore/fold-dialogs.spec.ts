import { encodeBatch, type Phone } from '@stopcovid/contracts';
import { inMemoryDialogStore, type Dialog } from '@stopcovid/dialog-engine';
import type { LogRecord } from '@stopcovid/kafka';
import { historyOf, someonesPhone } from '../repair.testkit';
import { DialogFold } from './fold-dialogs';

const recordOf = (phone: Phone, wire: string, n: number): LogRecord => ({
  topic: 'dialog.events.v1',
  partition: 0,
  offset: String(n),
  key: phone,
  value: Buffer.from(wire),
  headers: {},
  timestamp: 0,
});

const topicOf = (phone: Phone, count: number) => {
  const { batches, state } = historyOf(phone, count);
  return { batches, state, records: batches.map(({ wire }, n) => recordOf(phone, wire, n)) };
};

/** The dialog as it stood after so many batches, the last of which it had not told yet. */
const dialogAt = (phone: Phone, version: number): Dialog => {
  const { batches, state } = historyOf(phone, version);
  const ids = batches.map(({ batch }) => batch.commandId);
  const last = batches.at(-1)!;
  return {
    phone,
    version,
    state,
    outbox: [{ commandId: last.batch.commandId, batch: last.wire, partition: 0, offset: '7' }],
    recentCommandIds: ids.slice(0, -1),
  };
};

const storeWith = async (...dialogs: readonly Dialog[]) => {
  const store = inMemoryDialogStore();
  await store.commit(dialogs.map((dialog) => ({ expected: 0, dialog })));
  const at = async (phone: Phone) => {
    const found = (await store.load([phone])).get(phone);
    return found?.kind === 'readable' ? found.dialog : undefined;
  };
  return { store, at };
};

const foldAll = async (
  store: ConstructorParameters<typeof DialogFold>[0],
  slices: readonly (readonly LogRecord[])[],
  { most = 100, nothingStored = false } = {},
) => {
  const fold = new DialogFold(store, { most, nothingStored });
  for (const records of slices) await fold.take(records);
  await fold.flush();
  return { ...fold.totals, stuck: [...fold.totals.stuck] };
};

describe('folding all dialogs', () => {
  const ann = someonesPhone();
  const bob = someonesPhone();

  it.each([0, 1, 3, 5])('brings a dialog of version %i to what all five batches lead to', async (version) => {
    const { state, batches, records } = topicOf(ann, 5);
    const { store, at } = await storeWith(...(version === 0 ? [] : [dialogAt(ann, version)]));
    const totals = await foldAll(store, [records]);
    expect(totals).toEqual({ written: version === 5 ? 0 : 1, stuck: [], poison: 0 });
    expect(await at(ann)).toMatchObject({ version: 5, state });
    const known = [...(await at(ann))!.recentCommandIds, ...(await at(ann))!.outbox.map((e) => e.commandId)];
    expect(known).toEqual(batches.map(({ batch }) => batch.commandId));
    expect(await foldAll(store, [records])).toEqual({ written: 0, stuck: [], poison: 0 });
  });

  it('comes to the same however few phones it holds, and where it broke off', async () => {
    const one = topicOf(ann, 6);
    const other = topicOf(bob, 6);
    const { store, at } = await storeWith();
    const slices = one.records.map((record, n) => [record, other.records[n]!]);
    await foldAll(store, slices.slice(0, 4), { most: 1, nothingStored: true });
    await foldAll(store, slices, { most: 1 });
    expect([await at(ann), await at(bob)]).toMatchObject([
      { version: 6, state: one.state },
      { version: 6, state: other.state },
    ]);
  });

  it('overwrites nothing where it believed that there was nothing', async () => {
    const { store, at } = await storeWith(dialogAt(ann, 2));
    const totals = await foldAll(store, [topicOf(ann, 3).records], { nothingStored: true });
    expect(totals).toEqual({ written: 0, stuck: [[ann, 'overtaken']], poison: 0 });
    expect(await at(ann)).toEqual(dialogAt(ann, 2));
  });

  it('never takes a dialog back that is ahead of the topic', async () => {
    const { store, at } = await storeWith(dialogAt(ann, 5));
    expect(await foldAll(store, [topicOf(ann, 3).records])).toMatchObject({ written: 0, stuck: [] });
    expect(await at(ann)).toEqual(dialogAt(ann, 5));
  });

  it('stops a phone before a hole, and at a version under which the dialog decided otherwise', async () => {
    const { records } = topicOf(ann, 5);
    const others = topicOf(bob, 4);
    const theirs = { ...dialogAt(bob, 2), recentCommandIds: [], outbox: [] };
    const { store, at } = await storeWith(theirs);
    const totals = await foldAll(store, [[...records.slice(0, 2), ...records.slice(3), ...others.records]]);
    expect(totals).toEqual({
      written: 1,
      stuck: [
        [ann, 'hole'],
        [bob, 'forked'],
      ],
      poison: 0,
    });
    expect([(await at(ann))?.version, (await at(bob))?.version]).toEqual([2, 2]);
  });

  it('stops a phone at an event that only a later release can fold, and passes over what is no batch', async () => {
    const { batches, records } = topicOf(ann, 3);
    const later = { ...batches[1]!.batch, events: [{ type: 'SomethingNew' }] } as never;
    const { store, at } = await storeWith();
    const slice = [recordOf(ann, '{', 0), records[0]!, recordOf(ann, encodeBatch(later), 1), records[2]!];
    expect(await foldAll(store, [slice])).toEqual({ written: 1, stuck: [[ann, 'future']], poison: 1 });
    expect((await at(ann))?.version).toBe(1);
  });
});
