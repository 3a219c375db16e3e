import { acceptBatch } from '../outbox/accept-batch';
import { emptyOutbox, type Lane, type Outbox } from '../outbox/outbox';
import { saved, type OutboxStore } from './outbox-store';
import { batchOf, phone, reply, rules } from '../outbox/outbox.testkit';
import type { Phone } from '@stopcovid/contracts';

const outbox = (of: Phone, partition = 0, kind: 'reply' | 'started' = 'reply'): Outbox =>
  acceptBatch(
    emptyOutbox(of, partition),
    {
      batch: batchOf(1, { phone: of }),
      texts: [
        { ...reply('hello'), kind },
        { body: '', media: 'https://example.org/a.png', kind },
      ],
      origin: { partition, offset: '17', at: 1 },
    },
    rules,
  );
const waitingUntil = (notBefore: number, each: Outbox): Outbox => ({ ...each, notBefore });

/** What any outbox store must do. `open` gives an empty one. */
export const outboxStoreContract = (open: () => Promise<OutboxStore>): void => {
  it('gives back what was saved, with the next revision', async () => {
    const store = await open();
    const sent = outbox(phone(1)).pending.map((item) => ({
      ...item,
      again: { of: 'earlier', times: 1, notBefore: 3 },
      delivery: { status: 'SENT' as const, at: 2, sid: 'SM1' },
    }));
    const full: Outbox = {
      ...outbox(phone(1)),
      sentLately: sent,
      notBefore: 5,
      optedInVersion: 1,
      optedInAt: 4,
      recentSids: ['SM1'],
      parked: [{ id: 'p', body: 'x\u0000 🎉 مرحبا', createdAt: 1, parkedAt: 2, reason: 'timeout' }],
      repeats: [{ text: 'digest', since: 3, count: 2 }],
    };
    expect(await store.save([full])).toEqual(new Set());
    const loaded = await store.load([phone(1), phone(2)]);
    expect([...loaded.outboxes]).toEqual([[phone(1), saved(full)]]);
  });

  it('refuses the writer that read an older revision, and writes the others', async () => {
    const store = await open();
    await store.save([outbox(phone(1)), outbox(phone(2))]);
    const first = { ...saved(outbox(phone(1))), lastVersion: 2 };
    await store.save([first]);
    const late = { ...saved(outbox(phone(1))), lastVersion: 99 };
    const fresh = { ...saved(outbox(phone(2))), lastVersion: 3 };
    expect(await store.save([late, fresh, outbox(phone(1))])).toEqual(new Set([phone(1)]));
    const loaded = await store.load([phone(1), phone(2)]);
    expect([...loaded.outboxes.values()].map((each) => each.lastVersion).sort()).toEqual([2, 3]);
  });

  it('finds what is due, the longest waiting first, and no more than asked for', async () => {
    const store = await open();
    await store.save([
      waitingUntil(300, outbox(phone(1))),
      waitingUntil(100, outbox(phone(2))),
      waitingUntil(200, outbox(phone(3))),
      waitingUntil(900, outbox(phone(4))),
      { ...waitingUntil(50, outbox(phone(5))), pending: [] },
    ]);
    const due = (limit: number) => store.due({ partitions: [0], lane: 'first', at: 300, limit });
    expect([...(await due(10)).outboxes.keys()]).toEqual([phone(2), phone(3), phone(1)]);
    expect([...(await due(2)).outboxes.keys()]).toEqual([phone(2), phone(3)]);
  });

  it('finds replies and scheduled work apart, and only on the partitions asked for', async () => {
    const store = await open();
    await store.save([
      waitingUntil(1, outbox(phone(1), 0)),
      waitingUntil(1, outbox(phone(2), 1)),
      waitingUntil(1, outbox(phone(3), 1, 'started')),
    ]);
    const phones = async (partitions: readonly number[], lane: Lane) => [
      ...(await store.due({ partitions, lane, at: 5, limit: 9 })).outboxes.keys(),
    ];
    expect(await phones([1], 'first')).toEqual([phone(2)]);
    expect(await phones([1], 'later')).toEqual([phone(3)]);
    expect(await phones([0, 1], 'first')).toHaveLength(2);
    expect(await phones([], 'first')).toEqual([]);
  });

  it('finds those in doubt apart from those who send, whatever they have to send', async () => {
    const store = await open();
    const inDoubt = (each: Outbox): Outbox => ({
      ...each,
      pending: each.pending.map((item) => ({
        ...item,
        delivery: { status: 'AMBIGUOUS', since: 1, looks: 0, reason: 'timeout' },
      })),
    });
    await store.save([
      waitingUntil(1, outbox(phone(1))),
      inDoubt(waitingUntil(1, outbox(phone(2)))),
      inDoubt(waitingUntil(1, outbox(phone(3), 0, 'started'))),
    ]);
    const phones = async (lane: Lane) =>
      [...(await store.due({ partitions: [0], lane, at: 5, limit: 9 })).outboxes.keys()].sort();
    expect([await phones('first'), await phones('later')]).toEqual([[phone(1)], []]);
    expect(await phones('doubtful')).toEqual([phone(2), phone(3)]);
  });

  it('puts phones off until then, or until they are written', async () => {
    const store = await open();
    await store.save([waitingUntil(1, outbox(phone(1))), waitingUntil(1, outbox(phone(2)))]);
    await store.save([{ ...outbox(phone(3)), pending: [] }]);
    await store.putOff([phone(1), phone(2), phone(3)], 100);
    const due = async (at: number) => [
      ...(await store.due({ partitions: [0], lane: 'first', at, limit: 9 })).outboxes.keys(),
    ];
    expect([await due(99), (await due(100)).sort()]).toEqual([[], [phone(1), phone(2)]]);
    const [first] = (await store.load([phone(1)])).outboxes.values();
    await store.save(first ? [first] : []);
    expect(await due(2)).toEqual([phone(1)]);
  });

  it('counts the phones that have scheduled work to do by then, and no further than asked', async () => {
    const store = await open();
    const [open1, open2] = [outbox(phone(3), 1, 'started'), outbox(phone(4), 0, 'started')];
    const sent = { ...outbox(phone(5), 0, 'started') };
    await store.save([
      outbox(phone(1)),
      { ...outbox(phone(2), 0, 'started'), pending: [] },
      waitingUntil(9_000, open1),
      open2,
      {
        ...sent,
        pending: sent.pending.map((item) => ({ ...item, delivery: { status: 'SENT', at: 1, sid: 'SM1' } })),
      },
    ]);
    const waiting = (most: number, until = 9_000) => store.waiting({ priority: 'later', until, most });
    expect([await waiting(9), await waiting(2), await waiting(1)]).toEqual([2, 2, 1]);
    expect(await waiting(9, 8_999)).toBe(1);
    await store.save([{ ...saved(open2), pending: [] }]);
    expect(await waiting(9)).toBe(1);
  });

  it('counts the phones whose replies are overdue', async () => {
    const store = await open();
    await store.save([outbox(phone(1)), waitingUntil(2, outbox(phone(2))), outbox(phone(3), 0, 'started')]);
    const overdue = (until: number) => store.waiting({ priority: 'first', until, most: 9 });
    expect([await overdue(1), await overdue(2)]).toEqual([1, 2]);
  });
};
