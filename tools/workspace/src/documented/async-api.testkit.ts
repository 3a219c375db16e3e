import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  batchEnvelopeSchema,
  dialogCommandSchema,
  dialogEventSchema,
  smsLogRecordSchema,
  topics,
  topicSettings,
} from '@stopcovid/contracts';
import { z } from 'zod';
import { read, root } from '../repository.testkit';
import { consumedBy, producedBy, services, type Service } from './code.testkit';

type Json = Readonly<Record<string, unknown>>;

const description = `What the services say to each other over Kafka. Records are JSON in UTF-8, keyed by the phone number, so that one partition has in order all that concerns one phone. Readers ignore fields that they do not know. What cannot be read goes to \`<topic>.dead\` as it was, with its origin and the reason in headers.

docs/messages.md has the same in tables; UPGRADING.md says what may change. Made from the schemas and examples of libs/contracts by \`npm run docs\`.`;

const schemaOf = (schema: z.ZodType): Json => {
  const json = z.toJSONSchema(schema, { target: 'draft-7', io: 'input', unrepresentable: 'any' });
  return Object.fromEntries(Object.entries(json).filter(([name]) => name !== '$schema'));
};

const keyOfRecords = schemaOf(batchEnvelopeSchema.shape.phone);

const refTo = (...path: readonly string[]): Json => ({ $ref: `#/${path.join('/')}` });

/* Every event has a schema of its own; a batch names them. */
const eventName = (option: (typeof dialogEventSchema.options)[number]): string => option.shape.type.value;

const batchSchema = (): Json => {
  const { properties, required, ...rest } = schemaOf(batchEnvelopeSchema);
  const anyOf = dialogEventSchema.options.map((option) => refTo('components', 'schemas', eventName(option)));
  return {
    ...rest,
    properties: { ...(properties as Json), events: { type: 'array', items: { anyOf } } },
    required: [...(required as readonly string[]), 'events'],
  };
};

type Message = { readonly name: string; readonly schema: Json };

const messagesOf = (schema: typeof dialogCommandSchema | typeof smsLogRecordSchema): readonly Message[] =>
  schema.options.map((option) => ({ name: option.shape.type.value, schema: schemaOf(option) }));

const carried: Readonly<Record<keyof typeof topics, readonly Message[]>> = {
  dialogCommands: messagesOf(dialogCommandSchema),
  dialogEvents: [{ name: 'EventBatch', schema: batchSchema() }],
  smsLog: messagesOf(smsLogRecordSchema),
};
const messages = Object.values(carried).flat();

const examples = readdirSync(join(root, 'libs/contracts/examples'))
  .filter((file) => file.endsWith('.json'))
  .sort()
  .map((file) => ({
    name: file.slice(0, -'.json'.length),
    payload: JSON.parse(read(`libs/contracts/examples/${file}`)) as Json,
  }));

const isOf = ({ payload }: (typeof examples)[number], type: string): boolean => payload['type'] === type;

const messageOf = ({ name, schema }: Message): Json => ({
  name,
  title: name,
  summary: schema['description'],
  payload: refTo('components', 'schemas', name),
  bindings: { kafka: { key: keyOfRecords } },
  examples: examples.filter((example) => isOf(example, name)),
});

const named = <T>(all: readonly T[], name: (one: T) => string, what: (one: T) => Json): Json =>
  Object.fromEntries(all.map((one) => [name(one), what(one)]));

const channelOf = ([key, topic]: readonly [string, string]): Json => {
  const settings = topicSettings().find((each) => each.topic === topic);
  if (settings === undefined) throw new Error(`nothing says how ${topic} is made`);
  const topicConfiguration = {
    'retention.ms': settings.retentionMs,
    'max.message.bytes': settings.maxMessageBytes,
  };
  return {
    address: topic,
    messages: named(
      carried[key as keyof typeof topics],
      ({ name }) => name,
      ({ name }) => refTo('components', 'messages', name),
    ),
    bindings: { kafka: { topic, partitions: settings.partitions, topicConfiguration } },
  };
};

const keyOf = (topic: string): string =>
  Object.entries(topics).find(([, name]) => name === topic)?.[0] ?? `no topic: ${topic}`;

const operationsOf = (service: Service): readonly (readonly [string, Json])[] => {
  const operation = (action: 'send' | 'receive', topic: string): readonly [string, Json] => [
    `${service}-${action === 'send' ? 'sends' : 'receives'}-${keyOf(topic)}`,
    { action, channel: refTo('channels', keyOf(topic)), tags: [{ name: service }] },
  ];
  return [
    ...consumedBy(service).map((topic) => operation('receive', topic)),
    ...producedBy(service).map((topic) => operation('send', topic)),
  ];
};

/** The AsyncAPI document of the topics: what is on each, and which service sends and receives it. */
export const asyncApi = (): Json => ({
  asyncapi: '3.0.0',
  info: {
    title: 'StopCOVID Dialog Engine',
    version: '1',
    description,
    license: { name: 'Apache 2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
  },
  defaultContentType: 'application/json',
  channels: named(Object.entries(topics), ([key]) => key, channelOf),
  operations: Object.fromEntries(services.flatMap(operationsOf)),
  components: {
    messages: named(messages, ({ name }) => name, messageOf),
    schemas: {
      ...named(
        messages,
        ({ name }) => name,
        ({ schema }) => schema,
      ),
      ...named(dialogEventSchema.options, eventName, schemaOf),
    },
  },
});
