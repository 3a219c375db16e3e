/** What the page shows. */
export const views = ['overview', 'drill', 'overdue', 'rulings', 'cost', 'trainee'] as const;
export type View = (typeof views)[number];

/** Days and names that narrow every figure. Days are local; `until` is not in it any more. */
export const filterNames = ['from', 'until', 'employer', 'unit', 'drill', 'language'] as const;
export type FilterName = (typeof filterNames)[number];
export type Filters = Readonly<Partial<Record<FilterName, string>>>;

/** Where one is: everything that a link or the back button brings back. */
export type Place = {
  readonly view: View;
  readonly filters: Filters;
  /** Into what time is cut. */
  readonly by: 'day' | 'week';
  readonly revision?: string;
  readonly cursor?: string;
  readonly phone?: string;
  /** Of the replies to rule on: those to one question, those that were ruled on, and what they were taken for. */
  readonly prompt?: string;
  readonly ruled?: 'true';
  readonly picked?: 'true' | 'any';
};

const isView = (word: string): word is View => views.some((view) => view === word);
const day = /^\d{4}-\d{2}-\d{2}$/;

const filtersIn = (query: URLSearchParams): Filters =>
  Object.fromEntries(
    filterNames.flatMap((name) => {
      const value = query.get(name);
      const isUsable = name === 'from' || name === 'until' ? day.test(value ?? '') : Boolean(value);
      return isUsable ? [[name, value]] : [];
    }),
  );

/** Which replies to rule on an address names. */
const repliesIn = (query: URLSearchParams): Pick<Place, 'ruled' | 'picked'> => {
  const picked = query.get('picked');
  return {
    ...(query.get('ruled') === 'true' && { ruled: 'true' }),
    ...((picked === 'true' || picked === 'any') && { picked }),
  };
};

const optional = <Name extends string>(query: URLSearchParams, names: readonly Name[]) =>
  Object.fromEntries(names.flatMap((name) => (query.get(name) ? [[name, query.get(name)]] : []))) as Partial<
    Record<Name, string>
  >;

/** The place that an address names by what stands behind its `#`; the overview where it names none. */
export const placeOf = (hash: string): Place => {
  const [path = '', search = ''] = hash.replace(/^#?\/?/, '').split('?');
  const query = new URLSearchParams(search);
  return {
    view: isView(path) ? path : 'overview',
    filters: filtersIn(query),
    by: query.get('by') === 'day' ? 'day' : 'week',
    ...optional(query, ['revision', 'cursor', 'phone', 'prompt']),
    ...repliesIn(query),
  };
};

/** What stands behind the `#` for a place: it is never sent to a server, so that no log has it. */
export const hashOf = ({ view, filters, by, ...own }: Place): string => {
  const query = new URLSearchParams();
  const all = { ...filters, ...(by === 'day' && { by }), ...own };
  for (const [name, value] of Object.entries(all)) if (value) query.set(name, value);
  const search = query.toString();
  return `#/${view}${search === '' ? '' : `?${search}`}`;
};

/** Another view under the same filters. What belongs to one view alone stays behind. */
export const elsewhere = ({ filters, by }: Place, view: View, also: Partial<Place> = {}): Place => ({
  view,
  filters,
  by,
  ...also,
});

/** The same view with other filters, from its first page on. An empty value takes a filter away; a unit is of its employer. */
export const narrowed = (
  { view, filters, by, phone, ruled, picked }: Place,
  change: Partial<Record<FilterName, string>>,
): Place => {
  const kept = 'employer' in change && !('unit' in change) ? { ...filters, unit: '' } : filters;
  const next = Object.entries({ ...kept, ...change }).filter(([, value]) => value !== '');
  return {
    ...{ view, filters: Object.fromEntries(next), by },
    ...(phone !== undefined && { phone }),
    ...(ruled && { ruled }),
    ...(picked && { picked }),
  };
};

const asked: Readonly<Record<FilterName, string>> = {
  from: 'from',
  until: 'until',
  employer: 'employerId',
  unit: 'unitId',
  drill: 'drill',
  language: 'language',
};

/** The filters as the API takes them, with what else is asked. */
export const queryOf = (
  filters: Filters,
  also: Readonly<Record<string, string | undefined>> = {},
): string => {
  const query = new URLSearchParams();
  for (const name of filterNames) if (filters[name]) query.set(asked[name], filters[name]);
  for (const [name, value] of Object.entries(also)) if (value !== undefined) query.set(name, value);
  const search = query.toString();
  return search === '' ? '' : `?${search}`;
};
