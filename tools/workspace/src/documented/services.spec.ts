import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { read, root } from '../repository.testkit';
import { collectionsOf, consumedBy, producedBy, services, type Service } from './code.testkit';

const path = join(root, 'docs/architecture.md');
const isWritten = process.env['UPDATE_DOCS'] === '1';

/** What a service takes in and gives out besides records. */
const elsewhere: Readonly<Record<Service, { readonly consumes?: string; readonly produces?: string }>> = {
  'sms-ingress': { consumes: "Twilio's webhooks" },
  'dialog-engine': {},
  'sms-sender': { produces: 'calls to Twilio' },
  'progress-tracker': { produces: 'HTTP for analysts' },
};

const cell = (names: readonly string[], more?: string): string =>
  [...names.map((name) => `\`${name}\``), ...(more === undefined ? [] : [more])].join(', ');

const rowOf = (service: Service): readonly string[] => [
  `[${service}](../apps/${service}/README.md)`,
  cell(consumedBy(service), elsewhere[service].consumes),
  cell(producedBy(service), elsewhere[service].produces),
  cell(collectionsOf(service)),
];

const table = (): string =>
  [
    ['service', 'consumes', 'produces', 'owns in MongoDB'],
    ['---', '---', '---', '---'],
    ...services.map(rowOf),
  ]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');

const written = /(?<=<!-- services -->\n\n)[\s\S]*?(?=\n\n<!-- \/services -->)/;
const plain = (markdown = ''): string => markdown.replaceAll(/ +/g, ' ').replaceAll(/-{3,}/g, '---');

it.each(services)('the sources of %s say what it consumes or produces', (service) => {
  expect([...consumedBy(service), ...producedBy(service)].length).toBeGreaterThan(0);
});

it('the table of services says what the code consumes, produces and owns', () => {
  if (isWritten) writeFileSync(path, readFileSync(path, 'utf8').replace(written, table()));
  expect(plain(written.exec(readFileSync(path, 'utf8'))?.[0])).toBe(table());
});

it.each(services)('the README of %s names the collections that it owns, and no others', (service) => {
  const [, state = ''] = /^## State it owns\n([\s\S]*?)^## /m.exec(read(`apps/${service}/README.md`)) ?? [];
  const ours = new Set(services.flatMap(collectionsOf));
  const named = [...state.matchAll(/`([a-z_]+)`/g)].map(([, name = '']) => name);
  expect([...new Set(named)].filter((name) => ours.has(name)).sort()).toEqual(collectionsOf(service));
});
