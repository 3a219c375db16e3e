import { phoneSchema, topics, type EventBatch } from '@stopcovid/contracts';
import { InMemoryLog } from '@stopcovid/kafka';
import { runningTracker } from '../operations/operations.testkit';
import { inMemoryProgressStore } from '../progress/in-memory-progress-store';
import { batchOf, event, maria, registered } from '../tracker.testkit';
import { recordsOn, takesCourse } from './records.testkit';

const rosa = phoneSchema.parse('+12025550141');
const lucia = phoneSchema.parse('+12025550144');
const atOther = { ...registered, account: { employerId: 'other' } };

describe('a record of somebody who passed before records were switched on', () => {
  const on = recordsOn();
  const open: Awaited<ReturnType<typeof runningTracker>>[] = [];
  afterEach(async () => {
    for (const each of open.splice(0)) await each.close();
  });
  afterAll(on.remove);

  /** A tracker with records that read these batches while it had none. */
  const since = async (...batches: readonly EventBatch[]) => {
    const store = inMemoryProgressStore();
    const off = await runningTracker({ store, settings: { DRILLS_DIR: on.settings.DRILLS_DIR ?? '' } });
    await off.tell(...batches);
    await off.close();
    const tracker = await runningTracker({ store, log: new InMemoryLog(4), settings: on.settings });
    open.push(tracker);
    const texts = () =>
      tracker.log
        .records(topics.dialogCommands)
        .map(({ value }) => JSON.parse(String(value)) as { type: string; commandId: string; text: string })
        .filter(({ type }) => type === 'SendMessage');
    const make = (body: object, key = 'once') => tracker.ask('/v1/records', { body, key });
    return { ...tracker, texts, make };
  };
  const passed = takesCourse(true);

  it('is made as it would have been then, and told, once however often it is asked for', async () => {
    const { make, texts, ask } = await since(
      ...passed,
      batchOf(4, [event('TraineeUpdated')], { trainee: atOther }),
    );
    const made = {
      status: 200,
      body: { made: true, passedAt: '2026-03-03T10:00:00.000Z', employerId: 'acme' },
    };
    expect(await make({ phone: maria }, 'one')).toMatchObject(made);
    expect(await make({ phone: maria }, 'one')).toMatchObject(made);
    expect(await make({ phone: maria }, 'two')).toMatchObject({ status: 200, body: { made: false } });
    expect(texts()).toHaveLength(1);
    expect((await ask('/v1/records')).body['items']).toMatchObject([
      { phone: maria, status: 'valid', language: 'en' },
    ]);
  });

  it('is the one that a batch would make: later batches make no other', async () => {
    const { make, tell, ask, texts } = await since(...passed);
    const { body } = await make({ phone: maria });
    await tell(...takesCourse(true, { from: 4 }).slice(1));
    expect((await ask('/v1/records')).body['items']).toMatchObject([{ id: body['id'] }]);
    expect(texts()).toHaveLength(1);
  });

  it('is told again where that is asked for, once a day', async () => {
    const { make, texts } = await since(...passed);
    await make({ phone: maria });
    await make({ phone: maria, tellAgain: true }, 'two');
    await make({ phone: maria, tellAgain: true }, 'three');
    const [first, ...again] = texts().map(({ commandId }) => commandId);
    expect(new Set(again)).toEqual(new Set([expect.stringMatching(`^${first}:\\d{4}-\\d\\d-\\d\\d$`)]));
    expect(new Set(texts().map(({ text }) => text)).size).toBe(1);
  });

  it('is not told again once it was withdrawn', async () => {
    const { make, ask, texts } = await since(...passed);
    const { body } = await make({ phone: maria });
    await ask(`/v1/records/${String(body['id'])}/withdraw`, { body: { reason: 'copied' } });
    expect(await make({ phone: maria, tellAgain: true }, 'two')).toMatchObject({
      body: { made: false, status: 'withdrawn' },
    });
    expect(texts()).toHaveLength(1);
  });

  it('is not made of who has not passed, nor of who is not known', async () => {
    const { make } = await since(...takesCourse(false));
    expect(await make({ phone: maria })).toMatchObject({ status: 409 });
    expect(await make({ phone: rosa }, 'two')).toMatchObject({ status: 404 });
    expect(await make({ phone: 'maria' }, 'three')).toMatchObject({ status: 400 });
  });

  it('is missing in a list, page by page, until it is made', async () => {
    const { make, ask } = await since(
      ...passed,
      ...takesCourse(false, { phone: rosa }),
      ...takesCourse(true, { phone: lucia, trainee: atOther }),
    );
    const missing = async () => {
      const items: unknown[] = [];
      let cursor = '';
      do {
        const { body } = await ask(`/v1/records/missing?limit=1${cursor}`);
        expect(body['looked']).toBe(1);
        items.push(...(body['items'] as readonly unknown[]));
        cursor = body['nextCursor'] === undefined ? '' : `&cursor=${String(body['nextCursor'])}`;
      } while (cursor !== '');
      return items;
    };
    expect(await missing()).toEqual([
      { phone: maria, employerId: 'acme' },
      { phone: lucia, employerId: 'other' },
    ]);
    await make({ phone: maria });
    expect(await missing()).toEqual([{ phone: lucia, employerId: 'other' }]);
  });

  it('is neither shown to nor made by a key of another employer', async () => {
    const { ask, url } = await since(...passed);
    const { body } = await ask('/v1/keys', { body: { name: 'x', role: 'operator', employers: ['other'] } });
    const headers = { authorization: `Bearer ${String(body['key'])}`, 'content-type': 'application/json' };
    const made = await fetch(`${url}/v1/records`, {
      ...{ method: 'POST', headers, body: JSON.stringify({ phone: maria }) },
    });
    expect(made.status).toBe(404);
    expect(await (await fetch(`${url}/v1/records/missing`, { headers })).json()).toEqual({
      items: [],
      looked: 0,
    });
  });
});
