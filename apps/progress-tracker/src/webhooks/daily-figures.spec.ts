import { runOf } from '../figures/figures.testkit';
import { inMemoryRunFigures } from '../figures/in-memory-run-figures';
import { completed } from '../tracker.testkit';
import { announceDays, lastDayEnded } from './daily-figures';
import { inMemoryDeliveries } from './deliveries';
import { nameEvents } from './hook-events';
import type { Webhook } from './webhook';
import { inMemoryWebhooks } from './webhooks';
import { webhook, webhookKey } from './webhooks.testkit';

const runs = [
  runOf({ later: [completed('one')] }),
  runOf({}),
  runOf({ account: { employerId: 'other' } }),
  runOf({ day: 2 }),
];

const world = async (changes: Partial<Webhook>) => {
  const [webhooks, deliveries] = [inMemoryWebhooks(), inMemoryDeliveries()];
  await webhooks.add(webhook({ kinds: ['stats.daily'], dailyThrough: '2026-02-28', ...changes }));
  const told = async () =>
    (await deliveries.list('wh_one', { limit: 99 }))
      .map(({ body }) => JSON.parse(body) as { timestamp: string; data: { day: string; employerId: string } })
      .sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
  const at = async (time: string) => {
    const now = () => new Date(time);
    const figures = inMemoryRunFigures(() => runs);
    const parts = { figures, webhooks, deliveries, nameEvent: nameEvents(webhookKey), now };
    await announceDays(parts, (await webhooks.enabled()).webhooks);
    return told();
  };
  return { at };
};

describe('the figures of a day', () => {
  it.each([
    ['2026-03-02T11:59:59Z', '2026-02-28'],
    ['2026-03-02T12:00:00Z', '2026-03-01'],
    ['2026-03-03T00:00:00Z', '2026-03-01'],
  ])('at %s are those of %s, which has ended in every zone', (now, day) =>
    expect(lastDayEnded(new Date(now))).toBe(day),
  );

  it('are told once for each employer of whom runs began, when the day has ended everywhere', async () => {
    const { at } = await world({});
    expect(await at('2026-03-02T11:59:59Z')).toEqual([]);
    const first = await at('2026-03-02T12:00:00Z');
    expect(first).toMatchObject([
      {
        type: 'stats.daily',
        timestamp: '2026-03-02T12:00:00.000Z',
        data: { employerId: 'acme', day: '2026-03-01', assigned: 2, completed: 1 },
      },
      { data: { employerId: 'other', day: '2026-03-01', assigned: 1, completed: 0 } },
    ]);
    expect(await at('2026-03-03T11:00:00Z')).toEqual(first);
    expect(await at('2026-03-03T12:00:00Z')).toHaveLength(3);
  });

  it('are told of the employers alone that a webhook is for', async () => {
    const { at } = await world({ employers: ['other'] });
    expect(await at('2026-03-04T12:00:00Z')).toMatchObject([{ data: { employerId: 'other' } }]);
  });

  it('are made up for a week at the most, and never to who did not ask for them', async () => {
    expect(await (await world({})).at('2026-03-09T12:00:00Z')).toMatchObject([
      { data: { day: '2026-03-02' } },
    ]);
    expect(await (await world({ kinds: ['drill.completed'] })).at('2026-03-02T12:00:00Z')).toEqual([]);
  });
});
