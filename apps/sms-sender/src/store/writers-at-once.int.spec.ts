import type { Phone } from '@stopcovid/contracts';
import { breakableDatabase, type BreakableDatabase } from '@stopcovid/mongo';
import { until } from '@stopcovid/runtime';
import { acceptBatch } from '../outbox/accept-batch';
import { emptyOutbox, type Outbox } from '../outbox/outbox';
import { batchOf, phone, reply, rules } from '../outbox/outbox.testkit';
import { saying, startSender } from '../sender.testkit';
import { mongoOutboxStore } from './mongo-outbox-store';
import { saved } from './outbox-store';
import { RecentOutboxes } from './recent-outboxes';
import { isStoreOutage } from './store-watch';

const phones = Array.from({ length: 12 }, (_, index) => phone(index + 1));
const newOutbox = (of: Phone): Outbox =>
  acceptBatch(
    emptyOutbox(of, 0),
    {
      batch: batchOf(1, { phone: of }),
      texts: [reply('hello')],
      origin: { partition: 0, offset: '1', at: 1 },
    },
    rules,
  );

describe('outboxes that several write at once', () => {
  let database: BreakableDatabase;
  beforeAll(async () => {
    database = await breakableDatabase();
  });
  afterAll(() => database.close());
  beforeEach(() => database.connection.dropDatabase());

  const opened = async () => {
    const recent = new RecentOutboxes();
    const store = recent.watched(await mongoOutboxStore(database.connection));
    await store.save(phones.map(newOutbox));
    const found = (await store.load(phones)).outboxes;
    const read = (of: Phone): Outbox => found.get(of) ?? newOutbox(of);
    const changed = (of: Phone, notBefore: number): Outbox => ({ ...read(of), notBefore });
    const stored = async (of: Phone) => (await store.load([of])).outboxes.get(of);
    database.asked.length = 0;
    return { recent, store, changed, stored };
  };

  it('are asked for by one question, and written by one command', async () => {
    const { store, changed } = await opened();
    const found = await Promise.all(phones.map((of) => store.load([of])));
    expect(found.map(({ outboxes }) => [...outboxes.keys()])).toEqual(phones.map((of) => [of]));
    const lost = await Promise.all(phones.map((of) => store.save([changed(of, 7)])));
    expect(lost).toEqual(phones.map(() => new Set()));
    expect(database.asked).toEqual(['find outboxes', 'update outboxes']);
  });

  it('are each written by one of them, who alone is known to have left it', async () => {
    const { recent, store, changed, stored } = await opened();
    const [both, one, other] = [phone(1), phone(2), phone(3)];
    const results = await Promise.all([
      store.save([changed(both, 7), changed(one, 7)]),
      store.save([changed(both, 8), changed(other, 8)]),
    ]);
    expect(results.map((lost) => [...lost]).toSorted()).toEqual([[], [both]]);
    const winner = results[0]?.size === 0 ? 7 : 8;
    const left = saved(changed(both, winner));
    expect([await stored(both), recent.of(both)]).toEqual([left, left]);
    expect([(await stored(one))?.notBefore, (await stored(other))?.notBefore]).toEqual([7, 8]);
    /* What stands on the winner's write is written as a change of it. */
    database.asked.length = 0;
    expect(await store.save([{ ...left, notBefore: 9 }])).toEqual(new Set());
    expect(await stored(both)).toEqual({ ...saved(left), notBefore: 9 });
  });

  it('are not known any more to anybody whose write has no answer, and are read and written again', async () => {
    const { recent, store, changed, stored } = await opened();
    database.loseAnswerTo('update');
    const results = await Promise.allSettled(phones.map((of) => store.save([changed(of, 7)])));
    expect(results.map((result) => result.status === 'rejected' && isStoreOutage(result.reason))).toEqual(
      phones.map(() => true),
    );
    expect(phones.map((of) => recent.of(of))).toEqual(phones.map(() => undefined));
    const lost = await Promise.all(phones.map((of) => store.save([changed(of, 8)])));
    expect(lost).toEqual(phones.map((of) => new Set([of])));
    const found = await Promise.all(phones.map(stored));
    expect(found).toEqual(phones.map((of) => saved(changed(of, 7))));
    const again = await Promise.all(
      found.map((outbox) => store.save(outbox ? [{ ...outbox, notBefore: 8 }] : [])),
    );
    expect(again).toEqual(phones.map(() => new Set()));
  });

  it('lose no text and double none when answers are lost while texts come in, are claimed and settled', async () => {
    const store = await mongoOutboxStore(database.connection);
    const { happen, bodies, empty, close } = await startSender({}, store);
    const words = ['one', 'two', 'three', 'four'];
    for (const word of words) {
      for (const of of phones) happen(of, [saying(word)]);
      database.loseAnswerTo('update');
      await until(() => phones.some((of) => bodies(of).includes(word)));
    }
    for (const of of phones) await until(() => empty(of));
    expect(phones.map(bodies)).toEqual(phones.map(() => words));
    await close();
  });
});
