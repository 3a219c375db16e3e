import { z } from 'zod';
import { dialogCommandSchema } from './commands';
import { drillContentSchema } from './drill';
import { batchEnvelopeSchema } from './event-batch';
import { dialogEventSchema, eventSample } from './events';
import { examplesOf } from './examples.testkit';
import { smsLogRecordSchema } from './sms-log';

const lengthOf = ({ minLength = 0, maxLength }: z.core.JSONSchema.BaseSchema): string => {
  if (maxLength !== undefined) return `${minLength} to ${maxLength} characters`;
  return minLength > 0 ? 'not empty' : '';
};

const noteOf = (schema: z.core.JSONSchema.BaseSchema): string => {
  const limits = [
    lengthOf(schema),
    schema.minimum === undefined ? '' : `at least ${schema.minimum}`,
    schema.format === 'date-time' ? 'ISO 8601 UTC' : '',
    schema.format !== 'date-time' && schema.pattern !== undefined ? `\`${schema.pattern}\`` : '',
  ].filter((limit) => limit !== '');
  return limits.length > 0 ? ` (${limits.join(', ')})` : '';
};

type JsonSchema = z.core.JSONSchema.BaseSchema;
const isSchema = (value: unknown): value is JsonSchema => typeof value === 'object' && value !== null;

const objectOf = (schema: JsonSchema): string => {
  const fields = Object.entries(schema.properties ?? {}).map(([name]) =>
    (schema.required ?? []).includes(name) ? name : `${name}?`,
  );
  if (fields.length > 0) return `{ ${fields.join(', ')} }`;
  return isSchema(schema.additionalProperties) ? `map of ${typeOf(schema.additionalProperties)}` : 'object';
};

const typeOf = (schema: JsonSchema): string => {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' or ');
  if (schema.anyOf)
    return [...new Set(schema.anyOf.filter(isSchema).map((one) => typeOf(one) + noteOf(one)))].join(' or ');
  if (schema.type === 'array') return `list of ${isSchema(schema.items) ? typeOf(schema.items) : 'anything'}`;
  return schema.type === 'object' ? objectOf(schema) : String(schema.type);
};

const cell = (text: string): string => text.replaceAll('|', '\\|');

const rowsOf = (schema: JsonSchema, prefix: string): readonly string[] =>
  Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    if (!isSchema(field)) return [];
    const required = (schema.required ?? []).includes(name) ? 'yes' : 'no';
    const path = prefix + name;
    const inner = field.type === 'array' && isSchema(field.items) ? field.items : field;
    const below = inner === field ? `${path}.` : `${path}[].`;
    return [
      `| \`${path}\` | ${cell(typeOf(field) + noteOf(field))} | ${required} |`,
      ...(inner.properties ? rowsOf(inner, below) : []),
    ];
  });

const tableOf = (schema: z.ZodType): string => {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return ['| field | type | required |', '| --- | --- | --- |', ...rowsOf(json, '')].join('\n');
};

const jsonBlock = (value: unknown): string => `\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``;

const section = (type: string, schema: z.ZodType, samples: readonly unknown[]): string => {
  if (schema.description === undefined) throw new Error(`nothing says what ${type} is`);
  return [`### ${type}`, schema.description, tableOf(schema), ...samples.map(jsonBlock)].join('\n\n');
};

const valuesOf = (type: string): readonly unknown[] => examplesOf(type).map(({ value }) => value);

/** The whole message reference as Markdown. */
export const messageReference = (): string =>
  [
    '# Messages',
    '<!-- prettier-ignore-start -->',
    'Generated from the schemas and the examples in `libs/contracts`; a spec fails when it is stale. To write it anew: `npm run docs`.',
    'Every record is JSON in UTF-8, keyed by the phone number. Readers ignore fields that they do not know.',
    '## Commands: `dialog.commands.v1`',
    ...dialogCommandSchema.options.map((option) => {
      const type = option.shape.type.value;
      return section(type, option, valuesOf(type));
    }),
    '## Event batches: `dialog.events.v1`',
    section('EventBatch', batchEnvelopeSchema, valuesOf('batch-completed')),
    'Besides these fields a batch has `events`, a list of the following. An empty list is recorded too.',
    ...dialogEventSchema.options.map((option) =>
      section(option.shape.type.value, option, [eventSample(option.shape.type.value)]),
    ),
    '## The log of texts: `sms.log.v1`',
    ...smsLogRecordSchema.options.map((option) => {
      const type = option.shape.type.value;
      return section(type, option, valuesOf(type));
    }),
    '## Drills',
    section('DrillContent', drillContentSchema, valuesOf('DrillContent')),
    '<!-- prettier-ignore-end -->',
  ].join('\n\n') + '\n';
