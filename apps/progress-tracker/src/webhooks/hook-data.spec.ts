import { Secret } from '@stopcovid/runtime';
import { ready } from '../exports/exports.testkit';
import { inMemoryRunFigures } from '../figures/in-memory-run-figures';
import { runOf } from '../figures/figures.testkit';
import { batchOf, completed, event, registered } from '../tracker.testkit';
import { announceDays } from './daily-figures';
import { inMemoryDeliveries } from './deliveries';
import { hookDataSchemas } from './hook-data';
import { hookEventsIn, nameEvents, readyEvent } from './hook-events';
import { openApiWebhooks } from './open-api-webhooks';
import { isSignedBy, webhook } from './webhooks.testkit';
import { bodyOf, hookKinds, type HookEvent } from './webhook';
import { inMemoryWebhooks } from './webhooks';

const nameEvent = nameEvents(new Secret('a-key-of-the-spec-with-32-letters'));

const schemaOf = (kind: string) => Object.entries(hookDataSchemas).find(([name]) => name === kind)?.[1];
const parsed = (body: string) => {
  const { type, data } = JSON.parse(body) as { readonly type: string; readonly data: unknown };
  return { type, fits: schemaOf(type)?.safeParse(data).success };
};

const ofTrainees = (account: object): readonly HookEvent[] =>
  hookEventsIn(
    batchOf(
      2,
      [
        event('TraineeRegistered'),
        completed('one'),
        event('SupportRequested'),
        event('DemoRequested', { word: 'opus' }),
        event('TraineeOptedOut'),
      ],
      { trainee: { ...registered, account } as never },
    ),
    nameEvent,
  );

const ofDay = async (): Promise<readonly string[]> => {
  const [webhooks, deliveries] = [inMemoryWebhooks(), inMemoryDeliveries()];
  const daily = webhook({ kinds: ['stats.daily'], dailyThrough: '2026-03-01' });
  const figures = inMemoryRunFigures(() => [runOf({ day: 2 })]);
  const now = () => new Date('2026-03-03T12:00:00Z');
  await announceDays({ figures, webhooks, deliveries, nameEvent, now }, [daily]);
  return (await deliveries.list(daily.id, { limit: 9 })).map(({ body }) => body);
};

describe('what webhooks are sent', () => {
  it('is what is told of it, of every kind, with and without what may be absent', async () => {
    const events = [
      ...ofTrainees({}),
      ...ofTrainees({ employerId: 'acme', unitId: 'kitchen', personId: 'e-1' }),
      readyEvent(ready(), nameEvent),
      readyEvent(ready({}, { employers: ['acme'] }), nameEvent),
    ];
    const bodies = [...events.map((each) => bodyOf({ withPhones: true }, each)), ...(await ofDay())];
    const found = bodies.map(parsed);
    expect(found.filter(({ fits }) => fits !== true)).toEqual([]);
    expect(new Set(found.map(({ type }) => type))).toEqual(new Set(hookKinds));
  });

  it.each(Object.entries(openApiWebhooks()))(
    'has an example that is one, and signed: %s',
    (kind, { post }) => {
      const parameters = (post?.parameters ?? []) as readonly {
        readonly name: string;
        readonly example: string;
      }[];
      const headers = Object.fromEntries(parameters.map(({ name, example }) => [name, example]));
      const said = JSON.stringify(post?.parameters);
      const secret = /whsec_[A-Za-z0-9+/=]+/.exec(said)?.[0] ?? '';
      const content = post?.requestBody as { content: Record<string, { example: object }> };
      const body = JSON.stringify(content.content['application/json']?.example);
      expect(parsed(body)).toEqual({ type: kind, fits: true });
      expect(isSignedBy(secret, { headers, body })).toBe(true);
    },
  );
});
