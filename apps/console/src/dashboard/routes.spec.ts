import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { callOf, routes } from './routes';

type Operation = { readonly parameters?: readonly { readonly name: string; readonly in: string }[] };
type Api = { readonly paths: Readonly<Record<string, { readonly get?: Operation }>> };

const api = JSON.parse(readFileSync(join(__dirname, '../../../../docs/openapi.json'), 'utf8')) as Api;

/** The parameters behind the `?` that a route takes; `undefined` where there is no such route. */
const takenBy = (path: string): readonly string[] | undefined => {
  const route = api.paths[path]?.get;
  if (route === undefined) return undefined;
  return (route.parameters ?? []).filter((parameter) => parameter.in === 'query').map(({ name }) => name);
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
    const asking = /\bfetch\(|['"`]\/?(?:v1|stats|trainees)\//;
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
});
