import { queryOf, type Filters } from './address';
import type {
  CommandAnswer,
  CompletionAnswer,
  CostAnswer,
  DrillsAnswer,
  EmployersAnswer,
  EngagementAnswer,
  ForecastAnswer,
  FunnelAnswer,
  HistoryAnswer,
  ItemsAnswer,
  OverdueAnswer,
  RegradingAnswer,
  RemindersAnswer,
  ReplyGroup,
  RuledAnswer,
  RulingVerdict,
  TraineeAnswer,
} from './answers';

declare const body: unique symbol;

/** A route of the API: its path as docs/openapi.json has it, the parameters that we give it, and what it answers. */
export type Route<Body> = {
  readonly path: string;
  readonly query: readonly string[];
  readonly [body]?: Body;
};

const route = <Body>(path: `/v1/${string}`, query: readonly string[] = []): Route<Body> => ({ path, query });

const narrowing = ['from', 'until', 'employerId', 'unitId', 'drill', 'language'];

/** All that this page asks. A spec holds each against docs/openapi.json. */
export const routes = {
  completion: route<CompletionAnswer>('/v1/stats/completion', [...narrowing, 'by']),
  items: route<ItemsAnswer>('/v1/stats/items', narrowing),
  funnel: route<FunnelAnswer>('/v1/stats/funnel', narrowing),
  overdue: route<OverdueAnswer>('/v1/stats/overdue', [...narrowing, 'limit', 'cursor']),
  cost: route<CostAnswer>('/v1/stats/cost', [...narrowing, 'by']),
  reminders: route<RemindersAnswer>('/v1/stats/reminders', [...narrowing, 'by']),
  engagement: route<EngagementAnswer>('/v1/stats/engagement', [...narrowing, 'by']),
  employers: route<EmployersAnswer>('/v1/employers', ['trainees']),
  drills: route<DrillsAnswer>('/v1/drills'),
  trainee: route<TraineeAnswer>('/v1/trainees/{phone}'),
  regrading: route<RegradingAnswer>('/v1/regrading', [
    ...narrowing,
    ...['prompt', 'ruled', 'picked', 'limit', 'cursor'],
  ]),
  replyGroup: route<ReplyGroup>('/v1/regrading/{groupId}'),
  history: route<HistoryAnswer>('/v1/trainees/{phone}/events', ['limit', 'cursor']),
} as const;

/** What is asked of a route. */
export type Asked = {
  readonly filters?: Filters;
  readonly phone?: string;
  readonly groupId?: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
};

/** A question to the API: where it is put, and by its type what answers it. */
export type Call<Body> = { readonly url: string; readonly [body]?: Body };

/** Throws where the route is not said to take a parameter: then nothing holds it against the API either. */
export const callOf = <Body>(to: Route<Body>, asked: Asked = {}): Call<Body> => {
  const { filters = {}, phone = '', groupId = '', query = {} } = asked;
  const search = queryOf(filters, query);
  for (const name of new URLSearchParams(search).keys())
    if (!to.query.includes(name)) throw new Error(`${to.path} is not said to be asked for ${name}`);
  const path = to.path
    .replace('{phone}', encodeURIComponent(phone))
    .replace('{groupId}', encodeURIComponent(groupId));
  return { url: `${path}${search}` };
};

/** What is asked for one trainee, with the fields of its body. */
export const actions = {
  remind: { path: '/v1/trainees/{phone}/actions/remind', fields: [] },
  start: { path: '/v1/trainees/{phone}/actions/start', fields: ['drill', 'replace'] },
} as const;

/** What has to be done for a phone. A body of its own, or none. */
export type Deed =
  | { readonly do: 'remind'; readonly phone: string }
  | { readonly do: 'start'; readonly phone: string; readonly drill: string; readonly replace: boolean };

/** Something to be done: where it is asked for, what stands in its body, and by its type what answers it. */
export type Order<Body> = Call<Body> & { readonly fields: Readonly<Record<string, unknown>> | undefined };

const urlOf = ({ do: action, phone }: Deed): string =>
  actions[action].path.replace('{phone}', encodeURIComponent(phone));

const fieldsOf = (deed: Deed): Order<never>['fields'] =>
  deed.do === 'start' ? { drill: deed.drill, replace: deed.replace } : undefined;

export const orderOf = (deed: Deed): Order<CommandAnswer> => ({ url: urlOf(deed), fields: fieldsOf(deed) });

/** Says what would come of it, and asks for nothing. */
export const forecastOf = (deed: Deed): Order<ForecastAnswer> => ({
  url: `${urlOf(deed)}?dryRun=true`,
  fields: fieldsOf(deed),
});

/** What is ruled on a group of replies, with the fields of its body. */
export const ruling = { path: '/v1/regrading/{groupId}/rule', fields: ['verdict', 'reason'] } as const;

/** What one rules, and why where that is said. */
export type RulingBody = { readonly verdict: RulingVerdict; readonly reason?: string };

export const rulingOn = (groupId: string, body: RulingBody): Order<RuledAnswer> => ({
  url: ruling.path.replace('{groupId}', encodeURIComponent(groupId)),
  fields: body,
});
