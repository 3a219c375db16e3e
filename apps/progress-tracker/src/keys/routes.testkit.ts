import type { Role } from '@stopcovid/runtime';
import { idOfGroup } from '../regrading/reply-groups';

/**
 * To a key that is limited to employers it answers of these alone, or not at all; or each key makes and finds there what
 * is its own.
 */
type Reach = 'keepsToEmployers' | 'refusesLimited' | 'givesEachItsOwn';

/** What of a route holds, and how it is asked for something of the employer acme. */
export type RouteCase = {
  readonly role: Role;
  readonly reach: Reach;
  /** What stands in the place of `:name` and after the path. */
  readonly at?: string;
  readonly body?: unknown;
};

const maria = '+12025550143';

const reads = (at = ''): RouteCase => ({ role: 'analyst', reach: 'keepsToEmployers', at });
const acts = (body?: unknown): RouteCase => ({
  role: 'operator',
  reach: 'keepsToEmployers',
  at: maria,
  ...(body === undefined ? {} : { body }),
});
const of = (role: Role, at = '', body?: unknown): RouteCase => ({
  role,
  reach: 'refusesLimited',
  at,
  ...(body === undefined ? {} : { body }),
});

const ownOf = (at = ''): RouteCase => ({ role: 'analyst', reach: 'givesEachItsOwn', at });

const wholeDay = { window: { opens: '00:00', closes: '24:00' } };
const everybody = { everybody: true };

const gloves = idOfGroup({
  drill: 'one',
  revision: 'a'.repeat(64),
  language: 'en',
  prompt: 'first',
  text: 'gloves',
});

/** Every route that needs a key. A new one comes here with what it needs. */
export const routeCases: Readonly<Record<string, RouteCase>> = {
  'GET /v1/trainees': reads(),
  'GET /v1/trainees/:phone': reads(maria),
  'GET /v1/trainees/:phone/schedule': reads(maria),
  'GET /v1/trainees/:phone/consent': of('analyst', maria),
  'GET /v1/trainees/:phone/events': of('analyst', maria),
  'POST /v1/trainees': of('operator', '', { phone: '+12025550199', code: 'HYGIENE' }),
  'POST /v1/trainees/:phone/actions/start': acts({ drill: 'hand-washing' }),
  'POST /v1/trainees/:phone/actions/message': acts({ text: 'Hello' }),
  'POST /v1/trainees/:phone/actions/update': acts({ profile: { name: 'Mary' } }),
  'POST /v1/trainees/:phone/actions/remind': acts(),
  'POST /v1/trainees/:phone/actions/pause': acts({}),
  'POST /v1/trainees/:phone/actions/resume': acts(),
  'POST /v1/trainees/:phone/actions/opt-out': acts({ detail: 'by letter' }),
  'POST /v1/trainees/:phone/actions/erase': of('admin', maria),
  'POST /v1/imports': of('operator'),
  'GET /v1/commands/:commandId': reads('COMMAND'),
  'GET /v1/contact-requests': reads(),
  'POST /v1/contact-requests/:id/done': { ...reads(`${maria}:2:1`), role: 'operator', body: {} },
  'GET /v1/records': reads(),
  'GET /v1/records/missing': reads(),
  'POST /v1/records': { ...reads(), role: 'operator', body: { phone: '+12025550141' } },
  'GET /v1/records/:id': reads('RECORD'),
  'POST /v1/records/:id/withdraw': { ...reads('RECORD'), role: 'operator', body: { reason: 'copied' } },
  'GET /v1/messages': of('analyst'),
  'GET /v1/messages/cost': of('analyst'),
  'GET /v1/missed-texts': of('analyst'),
  'GET /v1/missed-texts/:id': of('analyst', 'text'),
  'POST /v1/missed-texts/:id/resend': of('operator', 'text'),
  'POST /v1/missed-texts/:id/give-up': of('operator', 'text'),
  'GET /v1/stats/completion': reads('?by=employer'),
  'GET /v1/stats/cost': reads('?by=employer'),
  'GET /v1/stats/items': reads('?drill=one'),
  'GET /v1/stats/funnel': reads('?drill=one'),
  'GET /v1/stats/engagement': reads('?by=employer'),
  'GET /v1/stats/reminders': reads('?by=employer'),
  'GET /v1/stats/overdue': reads(),
  'GET /v1/stats/near-misses': reads('?drill=one'),
  'GET /v1/regrading': reads('?drill=one'),
  'GET /v1/regrading/:groupId': reads(gloves),
  'POST /v1/regrading/:groupId/rule': { ...reads(gloves), role: 'operator', body: { verdict: 'right' } },
  'GET /v1/runs': reads(),
  'GET /v1/answers': reads(),
  'GET /v1/employers': reads(),
  'GET /v1/drills': reads(),
  'GET /v1/budgets': reads(),
  'GET /v1/budgets/spent': reads(),
  'PUT /v1/budgets/:employerId': of('admin', 'acme', { segmentsPerMonth: 0 }),
  'DELETE /v1/budgets/:employerId': of('admin', 'nobodys'),
  'GET /v1/schedules/:owner': reads('employer:acme'),
  'PUT /v1/schedules/:owner': { ...reads('employer:acme'), role: 'admin', body: wholeDay },
  'DELETE /v1/schedules/:owner': { ...reads(`trainee:${maria}`), role: 'admin' },
  'POST /v1/schedules/preview': of('analyst', '', { from: '2026-06-10', to: '2026-06-12' }),
  'GET /v1/audiences': of('analyst'),
  'GET /v1/audiences/:name': of('analyst', 'night'),
  'PUT /v1/audiences/:name': of('operator', 'night', everybody),
  'DELETE /v1/audiences/:name': of('operator', 'nobodys'),
  'GET /v1/broadcasts': of('analyst'),
  'GET /v1/broadcasts/:id': of('analyst', 'x'),
  'POST /v1/broadcasts': of('operator', '?dryRun=true', { audience: everybody, texts: { en: 'Hello' } }),
  'POST /v1/broadcasts/:id/stop': of('operator', 'x'),
  'POST /v1/exports': { ...ownOf(), body: { list: 'runs', format: 'csv' } },
  'GET /v1/exports': ownOf(),
  'GET /v1/exports/:id': reads('EXPORT'),
  'GET /v1/exports/:id/file': reads('EXPORT'),
  'DELETE /v1/exports/:id': ownOf('nobodys'),
  'GET /v1/keys': of('admin'),
  'POST /v1/keys': of('admin', '', {}),
  'DELETE /v1/keys/:name': of('admin', 'nobodys'),
  'GET /v1/webhooks': of('admin'),
  'POST /v1/webhooks': of('admin', '', {}),
  'GET /v1/webhooks/:id': of('admin', 'x'),
  'DELETE /v1/webhooks/:id': of('admin', 'x'),
  'POST /v1/webhooks/:id/rotate': of('admin', 'x'),
  'POST /v1/webhooks/:id/enable': of('admin', 'x'),
  'POST /v1/webhooks/:id/ping': of('admin', 'x'),
  'GET /v1/webhooks/:id/deliveries': of('admin', 'x'),
  'POST /v1/webhooks/:id/deliveries/:deliveryId/replay': of('admin', 'x'),
};

/** Where a case is asked: `GET /v1/trainees/:phone` at `+1…` is `/v1/trainees/%2B1…`. */
export const addressOf = (route: string, { at = '' }: RouteCase): string => {
  const path = route.split(' ')[1] ?? '';
  return path.includes(':') ? path.replace(/:\w+/g, encodeURIComponent(at)) : `${path}${at}`;
};
