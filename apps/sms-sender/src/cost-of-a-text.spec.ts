import { until } from '@stopcovid/runtime';
import { phone } from './outbox/outbox.testkit';
import { saying, startSender } from './sender.testkit';
import { inMemoryOutboxStore } from './store/in-memory-outbox-store';
import type { OutboxStore } from './store/outbox-store';

const counted = () => {
  const asked = { load: 0, save: 0, due: 0 };
  const inner = inMemoryOutboxStore();
  const store: OutboxStore = {
    ...inner,
    load: (phones) => ((asked.load += 1), inner.load(phones)),
    save: (outboxes) => ((asked.save += 1), inner.save(outboxes)),
    due: (query) => ((asked.due += 1), inner.due(query)),
  };
  return { asked, store };
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
});
