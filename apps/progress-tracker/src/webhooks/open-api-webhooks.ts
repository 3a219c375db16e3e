import type { OpenAPIObject } from '@nestjs/swagger';
import { z } from 'zod';
import { hookDataSchemas, hookExamples, hookMeanings } from './hook-data';
import { signedHeaders } from './standard-webhooks';
import { bodyOf, type HookEvent } from './webhook';

type Kind = HookEvent['kind'];
type Operation = NonNullable<NonNullable<OpenAPIObject['webhooks']>[string]['post']>;

const kinds = Object.keys(hookDataSchemas) as readonly Kind[];

const at = new Date('2026-06-10T12:00:00.000Z');
const id = 'msg_0f1e2d3c4b5a69788796a5b4c3d2e1f0';
/* Receivers can try their check of signatures on the examples. */
const secret = `whsec_${Buffer.from('a-secret-of-the-examples-with-32').toString('base64')}`;

const said: Readonly<Record<string, string>> = {
  'webhook-id': 'The same each time that the event is sent: remember it, for events may come twice',
  'webhook-timestamp': 'When this try began, in seconds since 1970: refuse what is older than five minutes',
  'webhook-signature': `\`v1,\` and base64(HMAC-SHA256(secret, id.timestamp.body)), with a space between several, of which one must fit. The example is signed by \`${secret}\``,
};

const exampleOf = (kind: Kind): string =>
  bodyOf({ withPhones: false }, { kind, at, data: hookExamples[kind] });

const headersOf = (kind: Kind): Operation['parameters'] =>
  Object.entries(signedHeaders([secret], { id, timestamp: at.getTime() / 1_000, body: exampleOf(kind) })).map(
    ([name, example]) => ({
      ...{ name, in: 'header', required: true, schema: { type: 'string' }, example },
      description: said[name] ?? '',
    }),
  );

const schemaOf = (kind: Kind): object => {
  const schema = z.toJSONSchema(
    z.strictObject({ type: z.literal(kind), timestamp: z.iso.datetime(), data: hookDataSchemas[kind] }),
  );
  return Object.fromEntries(Object.entries(schema).filter(([name]) => name !== '$schema'));
};

const operationOf = (kind: Kind): Operation => ({
  operationId: `webhook:${kind}`,
  summary: hookMeanings[kind],
  tags: ['webhooks'],
  security: [],
  parameters: headersOf(kind) ?? [],
  requestBody: {
    required: true,
    content: {
      'application/json': { schema: schemaOf(kind), example: JSON.parse(exampleOf(kind)) as unknown },
    },
  },
  responses: {
    '2XX': { description: 'It is taken: answer within 15 seconds, and work afterwards' },
    '410': { description: 'The webhook is disabled' },
    default: { description: 'It is sent again, up to ten times in three days' },
  },
});

/** What webhooks are sent, as OpenAPI 3.1 says it. */
export const openApiWebhooks = (): NonNullable<OpenAPIObject['webhooks']> =>
  Object.fromEntries(kinds.map((kind) => [kind, { post: operationOf(kind) }]));
