import { read } from '../repository.testkit';
import { routesOf, services, sourcesOf } from './code.testkit';

/** Served by every service of ours; each README has them in one row. */
const ofEveryService = new Set([...routesOf('libs/runtime'), 'GET /docs']);

const documented = (service: string): readonly string[] => [
  ...new Set(
    [...read(`apps/${service}/README.md`).matchAll(/`((?:GET|POST|PUT|PATCH|DELETE) \/[^`?\s]*)[^`]*`/g)].map(
      ([, route = '']) => route,
    ),
  ),
];

it('the routes are found in the sources', () =>
  expect(services.flatMap((s) => routesOf(`apps/${s}`)).length).toBeGreaterThan(8));

it.each(services)('the README of %s names its routes', (service) => {
  const names = new Set(documented(service));
  expect(routesOf(`apps/${service}`).filter((route) => !names.has(route))).toEqual([]);
});

/** A README may also name what the service asks of another one. */
it.each(services)('the README of %s names no route that nobody serves', (service) => {
  const served = new Set([...services.flatMap((other) => routesOf(`apps/${other}`)), ...ofEveryService]);
  expect(documented(service).filter((route) => !served.has(route))).toEqual([]);
});

it.each(services)('%s has a path for every controller that answers HTTP', (service) => {
  const nameless = sourcesOf(`apps/${service}`).filter(
    (text) => /@(Get|Post|Put|Patch|Delete)\(/.test(text) && !/@Controller\(/.test(text),
  );
  expect(nameless).toEqual([]);
});
