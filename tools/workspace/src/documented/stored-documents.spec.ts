import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { filesBelow, read } from '../repository.testkit';
import { collectionsOf, services, sourcesOf } from './code.testkit';

/* A projection says itself where a document of each release is kept. */
const sampled = sourcesOf('apps/progress-tracker').flatMap((text) =>
  [
    ...text.matchAll(
      /collection: '(\w+)',(?:(?!collection:)[^])*?samples: \{ folder: '([\w/]+)', name: '([\w-]+)' \}/g,
    ),
  ].map(([, collection = '', folder = '', name = '']): [string, string] => [
    collection,
    `apps/progress-tracker/src/${folder}/${name}.v1.json`,
  ]),
);

/** A document of an earlier release of each collection; a spec of its service reads it by the collection's schema. */
const fixtures: Readonly<Record<string, string>> = {
  ...Object.fromEntries(sampled),
  dialogs: 'apps/dialog-engine/src/dialogs/stored/dialog.v1.json',
  drill_revisions: 'apps/dialog-engine/src/revisions/stored/revision.v1.json',
  registration_codes: 'apps/dialog-engine/src/registration/stored/code.v1.json',
  checkpoints: 'apps/dialog-engine/src/checkpoints/stored/checkpoint.v1.json',
  held_commands: 'apps/dialog-engine/src/held/stored/held-command.v1.json',
  exports: 'apps/progress-tracker/src/exports/stored/export.v1.json',
  export_chunks: 'apps/progress-tracker/src/exports/stored/export-chunk.v1.json',
  api_keys: 'apps/progress-tracker/src/keys/stored/api-key.v1.json',
  contact_answers: 'apps/progress-tracker/src/contacts/stored/contact-answer.v1.json',
  audiences: 'apps/progress-tracker/src/audiences/stored/audience.v1.json',
  broadcasts: 'apps/progress-tracker/src/broadcasts/stored/broadcast.v1.json',
  broadcast_recipients: 'apps/progress-tracker/src/broadcasts/stored/recipient.v1.json',
  inbound_sweeps: 'apps/sms-ingress/src/stored/sweep.v1.json',
  completion_records: 'apps/progress-tracker/src/records/stored/completion-record.v1.json',
  schedules: 'apps/progress-tracker/src/schedules/stored/schedule.v1.json',
  webhooks: 'apps/progress-tracker/src/webhooks/stored/webhook.v1.json',
  webhook_deliveries: 'apps/progress-tracker/src/webhooks/stored/delivery.v1.json',
  reply_rulings: 'apps/progress-tracker/src/regrading/stored/reply-rulings.v1.json',
  keyed_requests: 'apps/progress-tracker/src/once/stored/keyed-request.v1.json',
  text_rulings: 'apps/progress-tracker/src/operations/stored/text-ruling.v1.json',
  buckets: 'apps/progress-tracker/src/buckets/stored/bucket.v1.json',
  bucket_questions: 'apps/progress-tracker/src/buckets/stored/bucket-questions.v1.json',
  bucket_marks: 'apps/progress-tracker/src/buckets/stored/bucket-mark.v1.json',
  budgets: 'apps/progress-tracker/src/budgets/stored/budget.v1.json',
  waiting_log_records: 'apps/progress-tracker/src/messages/stored/waiting-record.v1.json',
  sender_waiting_phones: 'libs/projections/src/stored/waiting-phone.v1.json',
  sender_checkpoints: 'apps/dialog-engine/src/checkpoints/stored/checkpoint.v1.json',
  tracker_waiting_phones: 'libs/projections/src/stored/waiting-phone.v1.json',
  outboxes: 'apps/sms-sender/src/store/fixtures/2026-11.json',
};

/** Collections without such a document, and why. A new collection brings one instead. */
const excused: Readonly<Record<string, string>> = {
  rebuilds: 'says which rebuilds are alive; nothing reads it after its rebuild',
  bucket_rounds: 'two times: without one the buckets are built, or checked, once more',
  schedule_bases: 'one comparison of two texts: any other content plans the partition anew',
};

/**
 * What each of them was when it was committed. A release that stores more, or otherwise, keeps a further document beside
 * it and leaves this one: whoever changes it takes away the proof that earlier documents can still be read.
 */
const asCommitted: Readonly<Record<string, string>> = {
  'apps/dialog-engine/src/checkpoints/stored/checkpoint.v1.json': 'd62e5a4f357f',
  'apps/dialog-engine/src/dialogs/stored/dialog.v1.json': 'dac429966347',
  'apps/dialog-engine/src/held/stored/held-command.v1.json': '4725776417f8',
  'apps/dialog-engine/src/registration/stored/code.v1.json': 'f835fe36c903',
  'apps/dialog-engine/src/revisions/stored/revision.v1.json': '3457ce134efe',
  'apps/progress-tracker/src/audiences/stored/audience.v1.json': 'be3cca3a75e7',
  'apps/progress-tracker/src/broadcasts/stored/broadcast.v1.json': 'f3423d049444',
  'apps/progress-tracker/src/broadcasts/stored/recipient.v1.json': '3dd9fe62dbba',
  'apps/progress-tracker/src/buckets/stored/bucket-mark.v1.json': '9bee4d294eef',
  'apps/progress-tracker/src/buckets/stored/bucket-questions.v1.json': '3b3f2417616a',
  'apps/progress-tracker/src/buckets/stored/bucket.v1.json': 'f0b78a71561a',
  'apps/progress-tracker/src/budgets/stored/budget.v1.json': '9a171aa0b257',
  'apps/progress-tracker/src/clock/stored/phone-schedule.v1.json': '80613c7b2211',
  'apps/progress-tracker/src/consent/stored/consent-change.v1.json': '09a61da78a8d',
  'apps/progress-tracker/src/contacts/stored/contact-answer.v1.json': '8d7a518726c7',
  'apps/progress-tracker/src/contacts/stored/contact-request.v1.json': 'd2f1fa928702',
  'apps/progress-tracker/src/erasure/stored/erasure.v1.json': 'f260cca435b7',
  'apps/progress-tracker/src/exports/stored/export-chunk.v1.json': '85dc42e1abf2',
  'apps/progress-tracker/src/exports/stored/export.v1.json': 'e362d2c7a739',
  'apps/progress-tracker/src/history/stored/history-entry.v1.json': '8b4c4e45ba3a',
  'apps/progress-tracker/src/keys/stored/api-key.v1.json': '25519bb3dcb2',
  'apps/progress-tracker/src/messages/stored/message.v1.json': '65f085e07070',
  'apps/progress-tracker/src/messages/stored/waiting-record.v1.json': '58cbf0f74080',
  'apps/progress-tracker/src/once/stored/keyed-request.v1.json': '2db1da1bd3d6',
  'apps/progress-tracker/src/operations/stored/command.v1.json': '126459a73350',
  'apps/progress-tracker/src/operations/stored/text-ruling.v1.json': 'c922ce91101a',
  'apps/progress-tracker/src/progress/stored/drill-run.v1.json': '6aa990802410',
  'apps/progress-tracker/src/progress/stored/trainee.v1.json': 'd5d0a579b7b2',
  'apps/progress-tracker/src/regrading/stored/reply-rulings.v1.json': 'b72abfea9b8b',
  'apps/progress-tracker/src/schedules/stored/schedule.v1.json': '90a5c2f0a159',
  'apps/progress-tracker/src/records/stored/completion-record.v1.json': 'f4e48ff9d5da',
  'apps/progress-tracker/src/webhooks/stored/delivery.v1.json': '3302c47792bc',
  'apps/progress-tracker/src/webhooks/stored/webhook.v1.json': '93a0f74e2839',
  'apps/sms-ingress/src/stored/sweep.v1.json': '0a23a3cb8a1a',
  'apps/sms-sender/src/store/fixtures/2026-11.json': '772ce4caf47a',
  'libs/projections/src/stored/waiting-phone.v1.json': 'df37496608ac',
};

const collections = services.flatMap((service) => collectionsOf(service));

it('the collections are found in the sources', () => expect(collections.length).toBeGreaterThan(10));

it.each(collections)('%s has a document of an earlier release, or a reason why not', (collection) =>
  expect(Object.keys({ ...fixtures, ...excused })).toContain(collection),
);

it('nothing is kept or excused of a collection that no code names', () =>
  expect(Object.keys({ ...fixtures, ...excused }).filter((name) => !collections.includes(name))).toEqual([]));

it('nothing is both kept and excused', () =>
  expect(Object.keys(excused).filter((name) => name in fixtures)).toEqual([]));

const files = [...new Set(Object.values(fixtures))];
const fingerprint = (file: string): string =>
  createHash('sha256')
    .update(JSON.stringify(JSON.parse(read(file))))
    .digest('hex')
    .slice(0, 12);

it('no document of an earlier release was changed since it was kept', () =>
  expect(Object.fromEntries(files.map((file) => [file, fingerprint(file)]))).toEqual(asCommitted));

it.each(files)('%s is a document that its service reads', (file) => {
  const app = file.split('/').slice(0, 2).join('/');
  const name = basename(file).replace(/(\.v1)?\.json$/, '');
  const readers = filesBelow(`${app}/src`).filter(
    (each) => each.endsWith('.ts') && read(each).includes(name),
  );
  expect(Object.keys(JSON.parse(read(file)) as object)).toContain('_id');
  expect(readers).not.toEqual([]);
});
