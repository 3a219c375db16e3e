import type { Arrival } from '@stopcovid/projections';
import { ann, batchOf } from '../outbox/outbox.testkit';
import { emptyOutbox, type Outbox } from '../outbox/outbox';
import { inMemoryOutboxStore } from '../store/in-memory-outbox-store';
import { saved } from '../store/outbox-store';
import { RecentOutboxes } from '../store/recent-outboxes';
import { outboxDocuments } from './outbox-documents';

const at = (lastVersion: number): Outbox => ({ ...emptyOutbox(ann, 0), lastVersion });
const arrival = (version: number): Arrival => ({
  batch: { ...batchOf(version), unknownEvents: [] },
  position: { partition: 0, offset: String(version) },
});

/** An outbox after its first batch, as this process wrote it; and how often the store was asked since. */
const written = async () => {
  const inner = inMemoryOutboxStore();
  const asked = { loads: 0 };
  const recent = new RecentOutboxes();
  const failing = recent.watched({ ...inner, save: () => Promise.reject(new Error('lost')) }).save;
  const store = recent.watched({
    ...inner,
    load: (phones) => ((asked.loads += 1), inner.load(phones)),
  });
  await store.save([at(1)]);
  const documents = outboxDocuments({ store, recent });
  const load = async (...versions: readonly number[]) =>
    (await documents.load(new Map([[ann, versions.map(arrival)]]))).get(ann);
  return { inner, store, failing, asked, load };
};

const readable = (value: Outbox) => ({ kind: 'readable', value });

describe('the outbox for what arrives', () => {
  it('is as it was left here when the next batches arrive', async () => {
    const { asked, load } = await written();
    expect(await load(2, 3)).toEqual(readable(saved(at(1))));
    expect(asked.loads).toBe(0);
  });

  it.each([
    ['came before', [1]],
    ['leave one out', [3]],
    ['leave one out among them', [2, 4]],
    ['cannot be read', []],
  ])(
    'is as the store has it when batches arrive that %s: nothing may be written then',
    async (_, versions) => {
      const { asked, load } = await written();
      await load(...versions);
      expect(asked.loads).toBe(1);
    },
  );

  it('is read again once somebody else was found to have written it', async () => {
    const { inner, store, load } = await written();
    await inner.save([{ ...saved(at(1)), lastVersion: 7 }]);
    expect(await store.save([{ ...saved(at(1)), lastVersion: 2 }])).toEqual(new Set([ann]));
    expect(await load(2)).toEqual(readable({ ...at(7), revision: 2 }));
  });

  it('is read again after a write that may have failed', async () => {
    const { inner, asked, load, failing } = await written();
    await expect(failing([{ ...saved(at(1)), lastVersion: 2 }])).rejects.toThrow('lost');
    await inner.save([{ ...saved(at(1)), lastVersion: 2 }]);
    expect(await load(3)).toEqual(readable({ ...at(2), revision: 2 }));
    expect(asked.loads).toBe(1);
  });
});
