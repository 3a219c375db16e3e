import type { Phone } from '@stopcovid/contracts';
import { until } from '@stopcovid/runtime';
import { phone } from './outbox/outbox.testkit';
import { saying, startSender } from './sender.testkit';
import { inMemoryOutboxStore } from './store/in-memory-outbox-store';
import type { OutboxStore } from './store/outbox-store';

const counted = () => {
  const asked = { load: 0, save: 0, due: 0 };
  const loaded: Phone[] = [];
  const inner = inMemoryOutboxStore();
  const store: OutboxStore = {
    ...inner,
    load: (phones) => {
      asked.load += 1;
      loaded.push(...phones);
      return inner.load(phones);
    },
    save: (outboxes) => ((asked.save += 1), inner.save(outboxes)),
    due: (query) => ((asked.due += 1), inner.due(query)),
  };
  return { asked, loaded, store };
};

describe('what one text costs', () => {
  it('is one read, the write that takes it in and claims it, and the write that settles it', async () => {
    const { asked, store } = counted();
    const { happen, logged, close } = await startSender({}, store);
    happen(phone(1), [saying('hello')]);
    await until(() => logged().length === 1);
    const before = { ...asked };
    for (let of = 2; of <= 11; of += 1) {
      happen(phone(of), [saying('hello')]);
      await until(() => logged().length === of);
    }
    await until(() => asked.save === before.save + 20);
    expect(asked.load - before.load).toBe(10);
    /* The safety net is three questions every ten seconds, however many texts there are. */
    expect(asked.due - before.due).toBeLessThanOrEqual(3);
    await close();
  });

  it('is no read for a phone that was texted before', async () => {
    const { loaded, store } = counted();
    const { happen, logged, outbox, close } = await startSender({}, store);
    happen(phone(1), [saying('hello')]);
    await until(async () => (await outbox(phone(1)))?.recentSids.length === 1);
    loaded.length = 0;
    happen(phone(1), [saying('hello again')]);
    await until(() => logged().length === 2);
    expect(loaded).toEqual([]);
    await close();
  });

  it('is no read more when the carrier reports that it was delivered', async () => {
    const { loaded, store } = counted();
    const { happen, logged, report, empty, close } = await startSender({}, store);
    const people = [1, 2, 3, 4, 5].map(phone);
    for (const of of people) happen(of, [saying('hello')]);
    for (const of of people) await until(() => empty(of));
    await until(() => logged().length === people.length);
    loaded.length = 0;
    for (const { phone: of, messageId } of logged()) report(of, messageId);
    /* Of texts that nobody knows, behind them on each partition. */
    const others = [...Array(20).keys()].map((number) => phone(100 + number));
    for (const of of others) report(of, 'unknown');
    await until(() => others.every((of) => loaded.includes(of)));
    expect(loaded.filter((of) => people.includes(of))).toEqual([]);
    await close();
  });
});
