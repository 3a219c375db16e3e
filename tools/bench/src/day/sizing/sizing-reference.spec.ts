import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { parse } from 'yaml';
import { examples, sections, valuesOf } from './page.testkit';

const root = join(__dirname, '../../../../..');
const path = join(root, 'docs/sizing.md');
const isWritten = process.env['UPDATE_DOCS'] === '1';

const between = (name: string): RegExp =>
  new RegExp(`(?<=<!-- ${name} -->\\n\\n)[\\s\\S]*?(?=\\n\\n<!-- /${name} -->)`);
const plain = (markdown = ''): string => markdown.replaceAll(/ +/g, ' ').replaceAll(/-{3,}/g, '---');
const page = (): string => readFileSync(path, 'utf8');

describe('docs/sizing.md', () => {
  it.each(Object.entries(sections))('says what the model says: %s', (name, section) => {
    if (isWritten)
      writeFileSync(
        path,
        page().replace(between(name), () => section()),
      );
    expect(plain(between(name).exec(page())?.[0])).toBe(plain(section()));
  });
});

type Values = { readonly [name: string]: unknown };
const isValues = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const over = (usual: Values, own: Values): Values => ({
  ...usual,
  ...Object.fromEntries(
    Object.entries(own).map(([name, value]) => {
      const before = usual[name];
      return [name, isValues(value) && isValues(before) ? over(before, value) : value];
    }),
  ),
});

describe('the values of an example', () => {
  const chart = join(root, 'helm/stopcovid-dialog-engine');
  const usual = parse(readFileSync(join(chart, 'values.yaml'), 'utf8')) as Values;
  const schema = JSON.parse(readFileSync(join(chart, 'values.schema.json'), 'utf8')) as object;
  const takes = new Ajv().compile(schema);

  it.each(examples)('are taken by the chart: $name', (example) => {
    takes(over(usual, valuesOf(example) as Values));
    expect(takes.errors ?? []).toEqual([]);
  });
});
