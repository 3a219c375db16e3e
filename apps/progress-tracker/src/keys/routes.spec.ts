import { phoneSchema, type Phone } from '@stopcovid/contracts';
import { roles, until, type Role } from '@stopcovid/runtime';
import { runningTracker } from '../operations/operations.testkit';
import { batchOf, event, maria, registered } from '../tracker.testkit';
import { recordsOn, takesCourse } from '../records/records.testkit';
import { addressOf, routeCases, type RouteCase } from './routes.testkit';

/** What shows no data, what whoever has its address may see, and what machines of the cluster ask. */
const isOpen = (path: string): boolean =>
  /^\/(?:docs(?:-json|-yaml|\/.*)?|dashboard(?:\/.*)?|records\/.*|\.well-known\/jwks\.json|health\/\w+|metrics)$/.test(
    path,
  );

const limits = { all: undefined, own: ['acme'], foreign: ['other'] } as const;
type Limit = keyof typeof limits;
type Answer = { readonly status: number; readonly text: string };

const routes = Object.entries(routeCases).map(([route, routeCase]) => ({ route, routeCase }));
const mayUse = (role: Role, needed: Role): boolean => roles.indexOf(role) >= roles.indexOf(needed);

const lucia = phoneSchema.parse('+12025550144');
const rosa = phoneSchema.parse('+12025550141');

/** Somebody of acme who began a drill, gave the same wrong answer as the others, and asked who can help. */
const inTraining = (phone: Phone, runId: string) => {
  const run = { runId, drill: 'one' };
  const who = { phone, trainee: registered };
  return [
    batchOf(1, [event('DrillStarted', run)], who),
    batchOf(2, [event('PromptFailed', { ...run, response: 'gloves' }), event('SupportRequested')], who),
  ];
};

/** What says something of acme or of who is in training there. */
const isOfAcme = /acme|maria|202555014[134]/i;

describe('the routes of the tracker', () => {
  let tracker: Awaited<ReturnType<typeof runningTracker>>;
  const keys = new Map<string, string>();
  let commandId: string;
  let recordId: string;
  const on = recordsOn();
  let exportId: string;

  const give = async (role: Role, limit: Limit): Promise<void> => {
    const employers = limits[limit];
    const body = { name: `${limit}-${role}`, role, ...(employers && { employers }) };
    const { body: added } = await tracker.ask('/v1/keys', { body });
    keys.set(body.name, String(added['key']));
  };

  beforeAll(async () => {
    tracker = await runningTracker({ settings: on.settings });
    for (const role of roles) for (const limit of Object.keys(limits)) await give(role, limit as Limit);
    await tracker.tell(
      ...inTraining(maria, 'ours'),
      ...inTraining(lucia, 'also-ours'),
      ...takesCourse(true, { phone: rosa }),
    );
    const records = (await tracker.ask('/v1/records')).body['items'] as readonly { readonly id: string }[];
    recordId = String(records[0]?.id);
    await tracker.openAllDay('acme');
    await tracker.ask('/v1/budgets/acme', { method: 'PUT', body: { segmentsPerMonth: 0 } });
    const path = `/v1/trainees/${encodeURIComponent(maria)}/actions/message`;
    exportId = await exported('own-analyst');
    commandId = String((await tracker.ask(path, { body: { text: 'Hello' } })).body['commandId']);
  });
  afterAll(async () => {
    await tracker.close();
    on.remove();
  });

  /** The id of an export of all runs that this key may see, which is ready. */
  const exported = async (key: string): Promise<string> => {
    const headers = { authorization: `Bearer ${keys.get(key)}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ list: 'runs', format: 'csv' });
    const made = await fetch(`${tracker.url}/v1/exports`, { method: 'POST', headers, body });
    const { id } = (await made.json()) as { id: string };
    await until(async () => (await tracker.ask(`/v1/exports/${id}`)).body['state'] === 'ready');
    return id;
  };

  const askAs = async (key: string, route: string, routeCase: RouteCase): Promise<Answer> => {
    const { body } = routeCase;
    const address = addressOf(route, routeCase)
      .replace('COMMAND', encodeURIComponent(commandId))
      .replace('RECORD', recordId)
      .replace('EXPORT', exportId);
    const response = await fetch(`${tracker.url}${address}`, {
      method: route.split(' ')[0] ?? '',
      headers: {
        authorization: `Bearer ${keys.get(key)}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, text: await response.text() };
  };
  const withoutTime = ({ status, text }: Answer): Answer => ({
    status,
    text: text.replaceAll(
      /"(?:asOf|link|instance|at|by|changedBy|changedAt|commandId|version|history)":(?:"[^"]*"|\d+|\[[^]*\]|\{[^{}]*\})/g,
      '',
    ),
  });

  it('are those of which it is said who may ask, and no others', () => {
    const served = tracker.routes.filter(({ method, path }) => method !== 'HEAD' && !isOpen(path));
    expect(served.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(
      Object.keys(routeCases).sort(),
    );
  });

  it('answer nobody without a key, but the pages, health and metrics', async () => {
    const closed = tracker.routes.filter(({ path }) => !isOpen(path));
    const statuses = await Promise.all(
      closed.map(async ({ method, path }) => {
        const { status } = await fetch(`${tracker.url}${path.replace(/:\w+/g, 'x')}`, { method });
        return `${method} ${path} ${status}`;
      }),
    );
    expect(statuses.filter((line) => !line.endsWith(' 401'))).toEqual([]);
  });

  it.each(routes)('$route takes its role, or one that may do more', async ({ route, routeCase }) => {
    for (const role of roles) {
      const { status, text } = await askAs(`all-${role}`, route, routeCase);
      const needs = mayUse(role, routeCase.role) ? 'gets in' : 'stays out';
      const got = status === 403 && text.includes(`role ${routeCase.role}`) ? 'stays out' : 'gets in';
      expect([role, status === 401 ? 'unknown' : got]).toEqual([role, needs]);
    }
  });

  it.each(routes)('$route tells keys apart by employer, or refuses them', async ({ route, routeCase }) => {
    const whole = withoutTime(await askAs('all-admin', route, routeCase));
    const before = tracker.commands().length;
    for (const role of roles) {
      const foreign = await askAs(`foreign-${role}`, route, routeCase);
      const isRefused = routeCase.reach === 'refusesLimited' || !mayUse(role, routeCase.role);
      expect([role, foreign.status === 403]).toEqual([role, isRefused]);
      if (routeCase.reach !== 'givesEachItsOwn') expect(withoutTime(foreign)).not.toEqual(whole);
      expect(foreign.text.replaceAll(/foreign-\w+|"instance":"[^"]*"/g, '')).not.toMatch(isOfAcme);
    }
    expect(tracker.commands()).toHaveLength(before);
  });

  const kept = routes.filter(({ routeCase: { reach } }) => reach === 'keepsToEmployers');

  it.each(kept)(
    '$route answers whoever is of the employer as it answers all',
    async ({ route, routeCase }) => {
      const [whole, own] = [
        await askAs('all-admin', route, routeCase),
        await askAs('own-admin', route, routeCase),
      ];
      expect(withoutTime(own)).toEqual(withoutTime(whole));
      expect([200, 202, 204, 409]).toContain(own.status);
    },
  );
});
