import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readStored } from '@stopcovid/mongo';
import { mongo } from 'mongoose';
import { storedMarkSchema } from './buckets/mongo-buckets';
import { storedBucketSchema } from './buckets/stored-bucket';
import { storedQuestionsSchema } from './buckets/stored-questions';
import { storedBudgetSchema } from './budgets/mongo-budget-store';
import { storedAnswerSchema } from './contacts/mongo-contact-answers';
import { storedChunkSchema } from './exports/mongo-export-chunks';
import { storedExportSchema } from './exports/mongo-exports';
import { storedKeySchema } from './keys/mongo-api-keys';
import { storedWaitingRecordSchema } from './messages/mongo-waiting-records';
import { storedKeyedRequestSchema } from './once/mongo-keyed-requests';
import { storedRulingSchema } from './operations/mongo-text-rulings';
import { projections } from './projections/projections';
import { storedRecordSchema } from './records/mongo-records';
import { storedRulingsSchema } from './regrading/mongo-rulings';
import { storedScheduleSchema } from './schedules/mongo-schedules';
import { storedDeliverySchema } from './webhooks/mongo-deliveries';
import { storedWebhookSchema } from './webhooks/mongo-webhooks';

const fixtures = projections.flatMap(({ collection, schema, samples }) => {
  const folder = join(__dirname, samples.folder);
  const names = readdirSync(folder).filter((name) => name.startsWith(`${samples.name}.v`));
  return names.map((name) => ({ name, collection, schema, path: join(folder, name) }));
});

describe('a document of an earlier release', () => {
  it('is kept of every projection, from the first release on', () =>
    expect(
      fixtures.filter(({ name }) => name.endsWith('.v1.json')).map(({ collection }) => collection),
    ).toEqual(projections.map(({ collection }) => collection)));

  it.each(fixtures)('can be read: $name of $collection', ({ schema, path }) => {
    const document: unknown = mongo.BSON.EJSON.parse(readFileSync(path, 'utf8'));
    expect(readStored(schema, document)).toMatchObject({ kind: 'readable' });
  });

  it.each(fixtures)(
    'cannot be read without its phone: $name of $collection',
    ({ collection, schema, path }) => {
      const document = mongo.BSON.EJSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
      const field = projections.find((each) => each.collection === collection)?.phoneField ?? 'phone';
      expect(readStored(schema, { ...document, [field]: 'nobody' })).toMatchObject({ kind: 'unreadable' });
    },
  );
});

/* What is no projection, and what each document cannot be without. */
const others = [
  {
    path: 'schedules/stored/schedule.v1.json',
    schema: storedScheduleSchema,
    needed: ['version', 'owner', 'settings', 'history', 'marked'],
  },
  {
    path: 'operations/stored/text-ruling.v1.json',
    schema: storedRulingSchema,
    needed: ['_id', 'how', 'commandId', 'at'],
  },
  {
    path: 'once/stored/keyed-request.v1.json',
    schema: storedKeyedRequestSchema,
    needed: ['_id', 'fingerprint', 'attempt', 'startedAt', 'expiresAt'],
  },
  {
    path: 'keys/stored/api-key.v1.json',
    schema: storedKeySchema,
    needed: ['_id', 'role', 'employers', 'sha256', 'expiresAt', 'revoked'],
  },
  {
    path: 'regrading/stored/reply-rulings.v1.json',
    schema: storedRulingsSchema,
    needed: ['_id', 'version', 'rulings'],
  },
  { path: 'contacts/stored/contact-answer.v1.json', schema: storedAnswerSchema, needed: ['_id', 'by', 'at'] },
  {
    path: 'buckets/stored/bucket.v1.json',
    schema: storedBucketSchema,
    needed: ['employerId', 'day', 'version', 'counts', 'cells'],
  },
  {
    path: 'buckets/stored/bucket.v2.json',
    schema: storedBucketSchema,
    needed: ['employerId', 'day', 'version', 'counts', 'cells'],
  },
  {
    path: 'buckets/stored/bucket.v3.json',
    schema: storedBucketSchema,
    needed: ['employerId', 'day', 'version', 'counts', 'cells'],
  },
  {
    path: 'buckets/stored/bucket-questions.v1.json',
    schema: storedQuestionsSchema,
    needed: ['_id', 'day', 'version', 'drills'],
  },
  {
    path: 'buckets/stored/bucket-mark.v1.json',
    schema: storedMarkSchema,
    needed: ['_id', 'keys', 'at', 'written'],
  },
  {
    path: 'exports/stored/export.v1.json',
    schema: storedExportSchema,
    needed: ['_id', 'list', 'query', 'file', 'by', 'employers', 'expiresAt', 'version', 'standing'],
  },
  {
    path: 'exports/stored/export-chunk.v1.json',
    schema: storedChunkSchema,
    needed: ['_id', 'export', 'claim', 'index', 'bytes'],
  },
  { path: 'budgets/stored/budget.v1.json', schema: storedBudgetSchema, needed: ['_id', 'segmentsPerMonth'] },
  {
    path: 'records/stored/completion-record.v1.json',
    schema: storedRecordSchema,
    needed: ['id', 'phone', 'course', 'score', 'runs', 'employerId', 'version', 'takenBackAt', 'withdrawn'],
  },
  {
    path: 'webhooks/stored/webhook.v1.json',
    schema: storedWebhookSchema,
    needed: [
      '_id',
      'url',
      'kinds',
      'employers',
      'withPhones',
      'createdAt',
      'secret',
      'disabled',
      'dailyThrough',
    ],
  },
  {
    path: 'webhooks/stored/delivery.v1.json',
    schema: storedDeliverySchema,
    needed: ['_id', 'webhook', 'event', 'body', 'state', 'attempts', 'nextAt'],
  },
  {
    path: 'messages/stored/waiting-record.v1.json',
    schema: storedWaitingRecordSchema,
    needed: ['phone', 'partition', 'offset', 'value', 'because', 'since'],
  },
];

describe.each(others)('a document of an earlier release: $path', ({ path, schema, needed }) => {
  const document = mongo.BSON.EJSON.parse(readFileSync(join(__dirname, path), 'utf8')) as object;

  it('can be read', () => expect(readStored<unknown>(schema, document)).toMatchObject({ kind: 'readable' }));

  it.each(needed)('cannot be read without its %s', (field) =>
    expect(readStored<unknown>(schema, { ...document, [field]: undefined })).toMatchObject({
      kind: 'unreadable',
    }),
  );
});
