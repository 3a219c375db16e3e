import { inMemoryWaitingPhones, type Waiting } from '@stopcovid/projections';
import { ann, noon, outboxWith, reply } from '../outbox/outbox.testkit';
import { BehindPhones } from '../store/behind-phones';
import { inMemoryOutboxStore } from '../store/in-memory-outbox-store';
import { KeptAgenda } from './kept-agenda';

const anns = { ...outboxWith(reply('hello')), phone: ann, notBefore: noon };

/* An opt-out may be among what she misses. */
const behind: Waiting = {
  phone: ann,
  partition: anns.partition,
  after: 1,
  readFrom: '7',
  unheard: true,
  because: 'unreadable',
  reason: 'no document',
  since: new Date(noon),
};

const keptFor = async (owned: { joins: number; partitions: readonly number[] }) => {
  const store = inMemoryOutboxStore();
  await store.save([anns]);
  const record = inMemoryWaitingPhones();
  const agenda = new KeptAgenda({
    store,
    waiting: new BehindPhones(record),
    held: () => ({ ...owned }),
    now: () => noon + 1,
    everyMs: 60_000,
  });
  await agenda.bringUpToDate();
  const take = () => agenda.take('first', 9, () => false).map(({ phone }) => phone);
  return { agenda, record, take };
};

describe('what is kept of the partitions at hand', () => {
  it('is given out as long as they are', async () => {
    const { take } = await keptFor({ joins: 1, partitions: [anns.partition] });
    expect([take(), take()]).toEqual([[ann], []]);
  });

  it('is given out no more once they were given to this replica again: another may have heard of an opt-out', async () => {
    const owned = { joins: 1, partitions: [anns.partition] };
    const { agenda, record, take } = await keptFor(owned);
    await record.keep([behind]);
    owned.joins = 2;
    expect(take()).toEqual([]);
    await agenda.bringUpToDate();
    expect(take()).toEqual([]);
  });

  it('is read anew then, and given out to whoever misses nothing', async () => {
    const owned = { joins: 1, partitions: [anns.partition] };
    const { agenda, take } = await keptFor(owned);
    owned.joins = 2;
    await agenda.bringUpToDate();
    expect(take()).toEqual([ann]);
  });
});
