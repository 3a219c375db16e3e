import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { actions, callOf, forecastOf, orderOf, routes, ruling, rulingOn } from './routes';

type Operation = {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: {
    readonly content: { readonly 'application/json': { readonly schema: { readonly $ref: string } } };
  };
};
type Api = {
  readonly paths: Readonly<Record<string, { readonly get?: Operation; readonly post?: Operation }>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, { readonly properties?: Readonly<Record<string, unknown>> }>>;
  };
};

const api = JSON.parse(readFileSync(join(__dirname, '../../../../docs/openapi.json'), 'utf8')) as Api;

/** The parameters behind the `?` that a route takes; `undefined` where there is no such route. */
const takenBy = (path: string): readonly string[] | undefined => {
  const route = api.paths[path]?.get;
  if (route === undefined) return undefined;
  return (route.parameters ?? []).filter((parameter) => parameter.in === 'query').map(({ name }) => name);
};

/** The fields that the body of an action has. */
const fieldsTaken = (path: string): readonly string[] => {
  const name = api.paths[path]?.post?.requestBody?.content['application/json'].schema.$ref.split('/').at(-1);
  return Object.keys(api.components.schemas[name ?? '']?.properties ?? {});
};

describe('what the page asks of the API', () => {
  it.each(Object.values(routes))(
    'is a route that it has, with parameters that it takes: $path',
    ({ path, query }) => expect(takenBy(path)).toEqual(expect.arrayContaining([...query])),
  );

  it('is nothing that stands elsewhere in the sources', () => {
    const sources = readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).filter(
      (file) => /\.tsx?$/.test(file) && !/^routes\.|\.spec\.ts$/.test(file),
    );
    expect(sources.length).toBeGreaterThan(20);
    const asking = /\bfetch\(|['"`]\/?(?:v1|stats|trainees|regrading)\//;
    expect(sources.filter((file) => asking.test(readFileSync(join(__dirname, file), 'utf8')))).toEqual([
      'ask.ts',
    ]);
  });

  it('has its filters and its phone in the address as the API calls them', () =>
    expect(
      [
        callOf(routes.overdue, { filters: { employer: 'a b' }, query: { limit: '25' } }),
        callOf(routes.trainee, { phone: '+12025550143' }),
      ].map(({ url }) => url),
    ).toEqual(['/v1/stats/overdue?employerId=a+b&limit=25', '/v1/trainees/%2B12025550143']));

  it('cannot have a parameter that nobody holds against the API', () =>
    expect(() => callOf(routes.completion, { query: { planet: 'mars' } })).toThrow('planet'));

  it.each(Object.values(actions))('is an action that it has, with fields that it takes: $path', (action) => {
    const { parameters = [] } = api.paths[action.path]?.post ?? {};
    const names = parameters.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['phone', 'dryRun', 'Idempotency-Key']));
    expect(fieldsTaken(action.path)).toEqual(expect.arrayContaining([...action.fields]));
  });

  it('rules by a route that there is, with fields that it takes', () => {
    const names = (api.paths[ruling.path]?.post?.parameters ?? []).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['groupId', 'Idempotency-Key']));
    expect(fieldsTaken(ruling.path)).toEqual(expect.arrayContaining([...ruling.fields]));
    expect(rulingOn('one:first:0', { verdict: 'right' })).toEqual({
      url: '/v1/regrading/one%3Afirst%3A0/rule',
      fields: { verdict: 'right' },
    });
  });

  it('has what is to be done in the body, and a dry run in the address', () => {
    const deed = { do: 'start', phone: '+12025550143', drill: 'one', replace: true } as const;
    const url = '/v1/trainees/%2B12025550143/actions/start';
    expect(orderOf(deed)).toEqual({ url, fields: { drill: 'one', replace: true } });
    expect(Object.keys(orderOf(deed).fields ?? {})).toEqual([...actions.start.fields]);
    expect(forecastOf(deed)).toMatchObject({ url: `${url}?dryRun=true` });
  });
});
