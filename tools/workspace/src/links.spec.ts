import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { anchorOf, anchorsIn, documents, linksIn } from './markdown.testkit';
import { root } from './repository.testkit';

const whyDead = (document: string, target: string): readonly string[] => {
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? document : normalize(join(dirname(document), decodeURI(path)));
  if (!existsSync(join(root, file))) return [`${target}: there is no ${file}`];
  if (anchor === undefined) return [];
  if (!file.endsWith('.md')) return [`${target}: only a document has headings`];
  return anchorsIn(file).has(anchor) ? [] : [`${target}: ${file} has no such heading`];
};

const deadIn = (document: string): readonly string[] =>
  linksIn(document).flatMap((target) => whyDead(document, target));

it('the documents are found, with links in them', () => {
  expect(documents).toEqual(expect.arrayContaining(['README.md', 'SECURITY.md', 'docs/drills.md']));
  expect(documents.flatMap(linksIn).length).toBeGreaterThan(100);
});

it.each(documents)('every link of %s leads somewhere, to the heading that it names', (document) =>
  expect(deadIn(document)).toEqual([]),
);

it('a link to what is not there is found', () => {
  expect(whyDead('docs/drills.md', 'nowhere.md')).toEqual(['nowhere.md: there is no docs/nowhere.md']);
  expect(whyDead('docs/drills.md', '../README.md#nothing-like-it')).toHaveLength(1);
  expect(whyDead('docs/drills.md', '#nothing-like-it')).toHaveLength(1);
  expect(whyDead('docs/drills.md', '../README.md#try-it')).toEqual([]);
});

it.each([
  ['A stuck dialog', 'a-stuck-dialog'],
  ['`dialog trace`: what, when', 'dialog-trace-what-when'],
  ['What [ADR 14](adr/0014.md) says', 'what-adr-14-says'],
  ['Names of `API_KEYS` & more', 'names-of-api_keys--more'],
])('the heading "%s" is reached as #%s', (heading, anchor) => expect(anchorOf(heading)).toBe(anchor));
