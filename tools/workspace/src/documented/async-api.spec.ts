import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { parse, stringify } from 'yaml';
import { root } from '../repository.testkit';
import { asyncApi } from './async-api.testkit';

type Message = { readonly examples: readonly { readonly name: string; readonly payload: object }[] };
type Document = {
  readonly components: { readonly messages: Readonly<Record<string, Message>> };
};

const path = join(root, 'docs/asyncapi.yaml');
const isWritten = process.env['UPDATE_DOCS'] === '1';
const made = asyncApi();

const refsIn = (value: unknown): readonly string[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, inner]) =>
        name === '$ref' && typeof inner === 'string' ? [inner] : refsIn(inner),
      )
    : [];

const at = (document: unknown, ref: string): unknown =>
  ref
    .replace(/^#\//, '')
    .split('/')
    .reduce<unknown>((value, name) => (Object(value) as Record<string, unknown>)[name], document);

/* JSON Schema means patterns with the flag u; this reader of it has none, and takes `\\p{L}` for the letter p. */
const withoutClasses = JSON.parse(JSON.stringify(made), (name, value: unknown) =>
  name === 'pattern' && typeof value === 'string' && value.includes('\\p{') ? undefined : value,
) as object;

describe('docs/asyncapi.yaml', () => {
  it('says what the schemas, the topics and the services say', () => {
    if (isWritten) writeFileSync(path, stringify(made, { aliasDuplicateObjects: false, lineWidth: 0 }));
    expect(parse(readFileSync(path, 'utf8'))).toEqual(made);
  });

  it('is an AsyncAPI 3.0 document, whose references lead somewhere', () => {
    const of3 = require.resolve('@asyncapi/specs/schemas/3.0.0-without-$id.json');
    const isAsyncApi = new Ajv().compile(JSON.parse(readFileSync(of3, 'utf8')) as object);
    isAsyncApi(made);
    expect(isAsyncApi.errors ?? []).toEqual([]);
    expect(isAsyncApi({ ...made, operations: { one: { action: 'shout' } } })).toBe(false);
    const refs = refsIn(made);
    expect(refs.length).toBeGreaterThan(50);
    expect(refs.filter((ref) => at(made, ref) === undefined)).toEqual([]);
  });

  it('names who sends and who receives on each topic', () =>
    expect(Object.keys(made['operations'] as object)).toEqual(
      expect.arrayContaining([
        'sms-ingress-sends-dialogCommands',
        'dialog-engine-sends-dialogEvents',
        'sms-sender-receives-dialogEvents',
        'progress-tracker-receives-smsLog',
      ]),
    ));

  it.each(Object.entries((made as unknown as Document).components.messages))(
    'has examples of %s that are by its schema, and a schema that refuses others',
    (name, { examples }) => {
      const ajv = new Ajv().addSchema(withoutClasses, 'document');
      const isOne = ajv.compile({ $ref: `document#/components/schemas/${name}` });
      const wrong = examples.filter(({ payload }) => isOne(payload) !== true);
      expect([examples.length > 0, wrong.map((example) => example.name)]).toEqual([true, []]);
      expect(isOne({ ...examples[0]?.payload, phone: 'nobody' })).toBe(false);
    },
  );
});
