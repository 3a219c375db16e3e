import { queryOf, type Filters } from './address';
import type {
  CompletionAnswer,
  DrillsAnswer,
  EmployersAnswer,
  FunnelAnswer,
  HistoryAnswer,
  ItemsAnswer,
  OverdueAnswer,
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
  employers: route<EmployersAnswer>('/v1/employers'),
  drills: route<DrillsAnswer>('/v1/drills'),
  trainee: route<TraineeAnswer>('/v1/trainees/{phone}'),
  history: route<HistoryAnswer>('/v1/trainees/{phone}/events', ['limit', 'cursor']),
} as const;

/** What is asked of a route. */
export type Asked = {
  readonly filters?: Filters;
  readonly phone?: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
};

/** A question to the API: where it is put, and by its type what answers it. */
export type Call<Body> = { readonly url: string; readonly [body]?: Body };

/** Throws where the route is not said to take a parameter: then nothing holds it against the API either. */
export const callOf = <Body>(to: Route<Body>, asked: Asked = {}): Call<Body> => {
  const { filters = {}, phone = '', query = {} } = asked;
  const search = queryOf(filters, query);
  for (const name of new URLSearchParams(search).keys())
    if (!to.query.includes(name)) throw new Error(`${to.path} is not said to be asked for ${name}`);
  return { url: `${to.path.replace('{phone}', encodeURIComponent(phone))}${search}` };
};
