import { read } from '../repository.testkit';
import { collectionsOf, producedBy, services, sourcesOf, topicNames, type Service } from './code.testkit';

const guide = read('UPGRADING.md');

const rowsUnder = (heading: string): readonly (readonly string[])[] => {
  const [, section = ''] = new RegExp(`^## ${heading}$([^]*?)(?=^## )`, 'm').exec(guide) ?? [];
  return [...section.matchAll(/^\| (.+) \|$/gm)]
    .map(([, row = '']) => row.split(' | ').map((cell) => cell.trim()))
    .slice(2);
};

const table = rowsUnder('Topics and collections').map(([name = '', owner = '', ...cells]) => ({
  name: name.replaceAll('`', ''),
  owners: owner.split(', ').toSorted(),
  cells,
}));
const names = table.map(({ name }) => name);
const ownersIn = (name: string): readonly string[] => table.find((row) => row.name === name)?.owners ?? [];

const ownersBy = (has: (service: Service) => readonly string[], name: string): readonly string[] =>
  services.filter((service) => has(service).includes(name)).toSorted();

const topics = Object.values(topicNames);
const collections = services.flatMap(collectionsOf);

it('topics and collections are found in the sources', () => {
  expect(topics.length).toBeGreaterThan(2);
  expect(collections.length).toBeGreaterThan(20);
});

it.each([...topics, ...collections])('%s has one row that says what may change', (name) => {
  expect(names.filter((each) => each === name)).toHaveLength(1);
  expect(table.find((row) => row.name === name)?.cells.filter((cell) => cell !== '')).toHaveLength(4);
});

it('there is no row for what no code names', () =>
  expect(names.filter((name) => ![...topics, ...collections].includes(name))).toEqual([]));

it.each(topics)('the owners of %s are the services that write it', (topic) =>
  expect(ownersIn(topic)).toEqual(ownersBy(producedBy, topic)),
);

it.each(collections)('the owner of %s is the service that names it', (collection) =>
  expect(ownersIn(collection)).toEqual(ownersBy(collectionsOf, collection)),
);

it('made anew is what the tracker folds from topics, and nothing else', () => {
  const folded = sourcesOf('apps/progress-tracker').flatMap((text) =>
    [...text.matchAll(/: \w*Projection(?:<[^>]*>)? = \{\s+collection: '(\w+)'/g)].map(
      ([, collection]) => collection,
    ),
  );
  expect(folded.length).toBeGreaterThan(3);
  const anew = table.filter(({ cells }) => cells.at(-1)?.startsWith('yes')).map(({ name }) => name);
  expect(anew.toSorted()).toEqual([...new Set(folded)].toSorted());
});

it('the version that is worked on has its row, and says who can read what it writes', () => {
  const { version } = JSON.parse(read('package.json')) as { version: string };
  const row = rowsUnder('Releases').find(([release]) => release === version);
  expect(row?.[2]).toMatch(/^\d+\.\d+\.\d+$/);
});
