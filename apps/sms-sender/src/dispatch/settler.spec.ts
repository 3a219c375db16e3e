import type { Phone } from '@stopcovid/contracts';
import type { Outbox } from '../outbox/outbox';
import { outboxWith, phone, policy, reply } from '../outbox/outbox.testkit';
import { inMemoryOutboxStore } from '../store/in-memory-outbox-store';
import { saved } from '../store/outbox-store';
import { Settler } from './settler';

const settled = (of: Phone): Outbox => {
  const outbox = { ...outboxWith(reply('hello')), phone: of };
  const pending = outbox.pending.map((item) => ({
    ...item,
    delivery: { status: 'SENT', at: 1, sid: `SM${of}` } as const,
  }));
  return { ...outbox, pending };
};

/** A settler whose pauses end when the spec says so, or with their signal. */
const settlerWith = async (count: number) => {
  const store = inMemoryOutboxStore();
  const phones = Array.from({ length: count }, (_, index) => phone(index + 1));
  await store.save(phones.map(settled));
  const [announced, written]: [number[], number[]] = [[], []];
  const stopping = new AbortController();
  const pauses: (() => void)[] = [];
  const settler = new Settler({
    store: { ...store, save: (all) => (written.push(all.length), store.save(all)) },
    announce: (all) => (announced.push(all.length), Promise.resolve(true)),
    policy,
    now: () => 1,
    pause: (_ms, until) =>
      new Promise((resolve) => {
        pauses.push(resolve);
        until?.addEventListener('abort', () => resolve());
      }),
    onAnnounced: () => undefined,
    onTrouble: (error) => expect(error).toBeUndefined(),
    until: stopping.signal,
  });
  const settle = (of: Phone) => settler.store({ base: saved(settled(of)), apply: (outbox) => outbox });
  return { phones, settle, stopping, pauses, announced, written };
};

describe('settled texts', () => {
  it('are told and written together when they come within moments', async () => {
    const { phones, settle, pauses, announced, written } = await settlerWith(3);
    const [first, ...others] = phones;
    const stored = first === undefined ? [] : [settle(first)];
    await Promise.resolve();
    stored.push(...others.map(settle));
    expect([announced, written]).toEqual([[], []]);
    pauses.forEach((end) => end());
    await Promise.all(stored);
    expect([announced, written, pauses.length]).toEqual([[3], [3], 1]);
  });

  it('wait for nobody when they are many', async () => {
    const { phones, settle, announced, written } = await settlerWith(16);
    await Promise.all(phones.map(settle));
    expect([announced, written]).toEqual([[16], [16]]);
  });

  it('wait for nobody when the process ends', async () => {
    const { phones, settle, stopping, announced, written } = await settlerWith(1);
    stopping.abort();
    await Promise.all(phones.map(settle));
    expect([announced, written]).toEqual([[1], [1]]);
  });
});
