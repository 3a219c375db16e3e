import { until } from '@stopcovid/runtime';
import type { Phone } from '@stopcovid/contracts';
import { emptyOutbox } from './outbox/outbox';
import { ann, phone } from './outbox/outbox.testkit';
import { bob, saying, startSender, stop } from './sender.testkit';
import { inMemoryOutboxStore } from './store/in-memory-outbox-store';
import { UnreadableOutboxes } from './store/unreadable-outboxes';

const started = async (rereadEveryMs?: number) => {
  const spoiled = new Set<Phone>();
  const clock = { ahead: 0 };
  const sender = await startSender({}, inMemoryOutboxStore(spoiled), {
    now: () => Date.now() + clock.ahead,
    ...(rereadEveryMs === undefined ? {} : { rereadEveryMs }),
  });
  return { ...sender, spoiled, later: () => (clock.ahead += 60_000) };
};

describe('an outbox that cannot be read', () => {
  it('keeps its own phone waiting and nobody else, and the service says so and stays ready', async () => {
    const { happen, bodies, spoiled, ready, health, close, outbox } = await started();
    happen(ann, [saying('one')]);
    await until(() => bodies().length === 1);
    await until(async () => (await outbox())?.pending.length === 0);
    spoiled.add(ann);
    happen(ann, [saying('two')]);
    happen(bob, [saying('uno')]);
    await until(() => bodies(bob).length === 1);
    expect(bodies()).toEqual(['one']);
    expect([await ready(), await health()]).toEqual([200, expect.stringMatching(/1 phones wait/)]);
    await close();
  });

  it('is mended: what it missed is taken in at the next batch of anybody on its partition', async () => {
    const { happen, bodies, spoiled, later, outbox, waits, close } = await started();
    happen(ann, [saying('one')]);
    await until(() => bodies().length === 1);
    await until(async () => (await outbox())?.pending.length === 0);
    spoiled.add(ann);
    const others = Array.from({ length: 8 }, (_, index) => phone(300 + index));
    for (const text of ['two', 'three']) happen(ann, [saying(text)]);
    for (const other of others) happen(other, [saying('uno')]);
    await until(() => others.every((other) => bodies(other).length === 1));
    spoiled.delete(ann);
    later();
    for (const other of others) happen(other, [saying('dos')]);
    await until(() => bodies().length === 3);
    expect(bodies()).toEqual(['one', 'two', 'three']);
    await until(async () => (await waits()) === undefined);
    await close();
  });

  it('is mended: what it missed goes out though nobody on its partition writes any more', async () => {
    const { happen, bodies, spoiled, outbox, waits, close } = await started(50);
    happen(ann, [saying('one')]);
    await until(() => bodies().length === 1);
    await until(async () => (await outbox())?.pending.length === 0);
    spoiled.add(ann);
    for (const text of ['two', 'three']) happen(ann, [saying(text)]);
    await until(async () => (await waits()) === 'unreadable');
    spoiled.delete(ann);
    await until(() => bodies().length === 3);
    expect(bodies()).toEqual(['one', 'two', 'three']);
    await until(async () => (await waits()) === undefined);
    await close();
  });

  it('sends nothing of what stood in it before a STOP that it missed is taken in', async () => {
    const { happen, bodies, spoiled, later, outbox, answer, twilio, close } = await started();
    answer({ kind: 'hang' });
    twilio.state.hideFromList = true;
    happen(ann, [saying('one'), saying('two')]);
    await until(() => twilio.state.calls === 1);
    spoiled.add(ann);
    happen(ann, [stop], { optedOut: true });
    happen(bob, [saying('uno')]);
    await until(() => bodies(bob).length === 1);
    spoiled.delete(ann);
    later();
    happen(ann, [saying('three')], { optedOut: true });
    await until(async () => (await outbox())?.lastVersion === 3);
    expect(bodies().filter((body) => body === 'two' || body === 'three')).toEqual([]);
    await close();
  });
});

describe('the unreadable outboxes that were met', () => {
  it('raise one alarm each, and are forgotten once read or not met for long', async () => {
    let now = 0;
    const alarms: string[] = [];
    const spoiled = new Set<Phone>();
    const watch = new UnreadableOutboxes({ now: () => now, onUnreadable: (of) => alarms.push(of) });
    const inner = inMemoryOutboxStore(spoiled);
    const store = watch.watched(inner);
    await inner.save([{ ...emptyOutbox(ann, 0) }, { ...emptyOutbox(bob, 0) }]);
    spoiled.add(ann);
    await store.load([ann, bob]);
    await store.load([ann]);
    expect([alarms, watch.count]).toEqual([[ann], 1]);
    spoiled.clear();
    await store.load([ann]);
    expect(watch.count).toBe(0);
    spoiled.add(bob);
    await store.load([bob]);
    now = 10 * 60_000;
    expect(watch.count).toBe(0);
  });
});
