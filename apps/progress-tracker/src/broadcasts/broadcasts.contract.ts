import { parseDate } from '@stopcovid/calendar';
import { phoneSchema, type Phone } from '@stopcovid/contracts';
import { evolveSchedule } from '../clock/evolve-schedule';
import type { PhoneSchedule } from '../clock/phone-schedule';
import { evolveProgress } from '../progress/evolve-progress';
import { batchOf, event } from '../tracker.testkit';
import { broadcastRequestSchema, type Recipient } from './broadcast';
import type { Broadcast, Broadcasts } from './broadcasts';

const maria = phoneSchema.parse('+12025550143');
const sokha = phoneSchema.parse('+12025550180');
const at = new Date('2026-06-10T15:00:00.000Z');
const stopped = { by: 'spec', at };

const { texts, keepHours, busy } = broadcastRequestSchema.parse({
  audience: { everybody: true },
  texts: { en: 'Hello' },
});
const june: Broadcast = {
  id: 'june',
  letter: { texts, keepHours, busy, audience: { everybody: true } },
  fingerprint: 'one',
  by: 'spec',
  at,
  state: 'freezing',
  people: 0,
  stopped: null,
};

const listed = (phone: Phone, minute = 540): Recipient => {
  const date = parseDate('2026-06-10');
  return { phone, date: date.ok ? date.value : '', minute, until: at.getTime() };
};

const scheduled = (phone: Phone): PhoneSchedule => {
  const batch = batchOf(1, [event('TraineeRegistered')], { phone });
  const progress = evolveProgress(undefined, batch, { partition: 0, offset: '1' });
  const made = evolveSchedule(undefined, batch, progress);
  if (made === undefined) throw new Error('the first batch makes a schedule');
  return made;
};

const waitsFor = async (store: Broadcasts, phone: Phone) =>
  (await store.waitingFor([scheduled(phone)])).get(phone) ?? [];

const marked = async (store: Broadcasts) => (await store.unmarked(10)).map(({ phone }) => phone).sort();

/** A broadcast to both that goes out. */
const running = async (store: Broadcasts): Promise<void> => {
  await store.begin(june);
  await store.freeze('june', [listed(maria), listed(sokha)]);
  await store.release('june', 2);
};

/** What every store of broadcasts must do. */
export const broadcastsContract = (open: () => Promise<Broadcasts>): void => {
  it('keeps the first broadcast of an id, and answers it to whoever comes later', async () => {
    const store = await open();
    await expect(store.begin(june)).resolves.toEqual(june);
    await expect(store.begin({ ...june, fingerprint: 'two' })).resolves.toEqual(june);
    await expect(store.of('june')).resolves.toEqual(june);
    await expect(store.of('july')).resolves.toBeUndefined();
  });

  it('lets nothing out before its list is whole', async () => {
    const store = await open();
    await store.begin(june);
    await store.freeze('june', [listed(maria)]);
    await expect(waitsFor(store, maria)).resolves.toEqual([]);
    await expect(marked(store)).resolves.toEqual([]);
    await expect(store.stop('june', stopped)).resolves.toBe(false);
  });

  it('has everybody on its list once, however often it is frozen', async () => {
    const store = await open();
    await store.begin(june);
    await store.freeze('june', [listed(maria)]);
    await store.freeze('june', [listed(maria, 600), listed(sokha)]);
    await store.release('june', 2);
    await expect(waitsFor(store, maria)).resolves.toEqual([
      {
        kind: 'broadcast',
        id: 'june',
        date: '2026-06-10',
        minute: 540,
        until: at.getTime(),
        content: { texts: { en: 'Hello' }, broadcastId: 'june' },
      },
    ]);
    await expect(store.of('june')).resolves.toMatchObject({ state: 'running', people: 2 });
  });

  it('has its phones looked at, each until that is noted', async () => {
    const store = await open();
    await running(store);
    await expect(marked(store)).resolves.toEqual([maria, sokha]);
    const [first] = await store.unmarked(1);
    await store.noteMarked([first?.key ?? '']);
    await expect(marked(store)).resolves.toHaveLength(1);
  });

  it('has a message wait until it is settled, and then never again', async () => {
    const store = await open();
    await running(store);
    const one = { kind: 'broadcast', message: 'june', at: 1 } as const;
    await store.settle([{ ...one, phone: maria, outcome: 'published', reason: null }]);
    await store.settle([{ ...one, phone: maria, outcome: 'passed', reason: 'expired' }]);
    await store.release('june', 2);
    await expect(waitsFor(store, maria)).resolves.toEqual([]);
    await expect(store.progressOf('june')).resolves.toEqual({
      waiting: 1,
      published: 1,
      passed: 0,
      stopped: 0,
    });
  });

  it('forgets who was erased since, on all lists from before it', async () => {
    const store = await open();
    await running(store);
    const later = new Date(at.getTime() + 2_000);
    await store.begin({ ...june, id: 'july', at: later });
    await store.freeze('july', [listed(maria)]);
    await store.release('july', 1);
    const erased = { phone: maria, at: new Date(at.getTime() + 1_000) };
    await store.forget(erased);
    await store.forget(erased);
    expect((await waitsFor(store, maria)).map(({ id }) => id)).toEqual(['july']);
    expect(await waitsFor(store, sokha)).toHaveLength(1);
    await expect(store.progressOf('june')).resolves.toMatchObject({ waiting: 1, published: 0 });
  });

  it('stops for whoever waits, for good', async () => {
    const store = await open();
    await running(store);
    await expect(store.stop('june', stopped)).resolves.toBe(true);
    await store.release('june', 2);
    await expect(waitsFor(store, maria)).resolves.toEqual([]);
    await expect(store.stop('july', stopped)).resolves.toBe(false);
    await expect(store.latest({ limit: 5 })).resolves.toMatchObject([
      { id: 'june', state: 'stopped', stopped },
    ]);
  });

  it('lists the latest first, in pages that lose nobody of the same moment', async () => {
    const store = await open();
    const noon = new Date('2026-06-01T12:00:00Z');
    const earlier = new Date('2026-06-01T11:00:00Z');
    for (const [id, at] of [
      ['a', noon],
      ['b', noon],
      ['c', noon],
      ['d', earlier],
    ] as const)
      await store.begin({ ...june, id, at });
    const first = await store.latest({ limit: 2 });
    const second = await store.latest({ limit: 2, after: { at: noon, id: 'b' } });
    expect([first, second].map((page) => page.map(({ id }) => id))).toEqual([
      ['c', 'b'],
      ['a', 'd'],
    ]);
  });
};
