import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { root } from './root.testkit';

const chart = join(root, 'helm', 'stopcovid-dialog-engine');
const values = parse(readFileSync(join(chart, 'values.yaml'), 'utf8')) as Record<string, unknown>;

/** Maps of Kubernetes' own or the user's, whose fields the chart does not know. */
const open = [
  'env',
  'annotations',
  'podAnnotations',
  'podLabels',
  'labels',
  'nodeSelector',
  'affinity',
  'podSecurityContext',
  'resources',
  'strategy',
];
/** Values of which there are so many and no more. */
const choices: Readonly<Record<string, readonly string[]>> = {
  by: ['cpu', 'lag'],
  kind: ['Ingress', 'HTTPRoute'],
};
const parts = ['ingress', 'engine', 'sender', 'tracker'];

type Schema = Readonly<Record<string, unknown>>;

const objectOf = (fields: Readonly<Record<string, Schema>>): Schema => ({
  type: 'object',
  additionalProperties: false,
  properties: fields,
});

const schemaOf = (value: unknown, name = ''): Schema => {
  if (Array.isArray(value)) return { type: 'array' };
  if (typeof value === 'object' && value !== null)
    return open.includes(name)
      ? { type: 'object' }
      : objectOf(
          Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, schemaOf(inner, key)])),
        );
  if (choices[name] !== undefined) return { type: 'string', enum: choices[name] };
  if (name === 'sampleRatio') return { type: 'number', minimum: 0, maximum: 1 };
  if (name === 'replicas') return { type: ['integer', 'null'], minimum: 0 };
  return typeof value === 'number' ? { type: 'integer', minimum: 0 } : { type: typeof value };
};

/** Strict, but for what a parent chart passes down: a typo is refused with its place. */
const schema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Values of the chart, made from values.yaml',
  ...objectOf({
    global: { type: 'object' },
    enabled: { type: 'boolean' },
    ...Object.fromEntries(
      Object.entries(values).map(([key, value]) => {
        const own = parts.includes(key) ? { ...(values['defaults'] as object), preStopSeconds: 0 } : value;
        return [key, schemaOf(own, key)];
      }),
    ),
  }),
};

it('the schema of the chart’s values is made from them', () => {
  const path = join(chart, 'values.schema.json');
  const text = `${JSON.stringify(schema, null, 2)}\n`;
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(path, text);
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(schema);
});

const templates = readdirSync(join(chart, 'templates'), { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(ya?ml|tpl|txt)$/.test(file))
  .map((file) => readFileSync(join(chart, 'templates', file), 'utf8'))
  .join('\n');

/** The places of all values, but within maps whose fields the chart does not know. */
const placesIn = (value: unknown, path: readonly string[] = []): readonly (readonly string[])[] => {
  const isOpen = typeof value !== 'object' || value === null || Array.isArray(value);
  if (isOpen || Object.keys(value).length === 0 || open.includes(path.at(-1) ?? '')) return [path];
  return Object.entries(value).flatMap(([name, inner]) => placesIn(inner, [...path, name]));
};

it('every value is read by a template', () => {
  const places = placesIn(values).filter(([first = '']) => !parts.includes(first));
  expect(places.length).toBeGreaterThan(60);
  const unread = places.filter((path) => !new RegExp(`\\.${path.at(-1)}\\b`).test(templates));
  expect(unread.map((path) => path.join('.'))).toEqual([]);
});
