import { basename } from 'node:path';
import { filesBelow, read } from '../repository.testkit';
import { collectionsOf, services } from './code.testkit';

/** A document of an earlier release of each collection; a spec of its service reads it by the collection's schema. */
const fixtures: Readonly<Record<string, string>> = {
  dialogs: 'apps/dialog-engine/src/dialogs/stored/dialog.v1.json',
  drill_revisions: 'apps/dialog-engine/src/revisions/stored/revision.v1.json',
  registration_codes: 'apps/dialog-engine/src/registration/stored/code.v1.json',
  checkpoints: 'apps/dialog-engine/src/checkpoints/stored/checkpoint.v1.json',
  held_commands: 'apps/dialog-engine/src/held/stored/held-command.v1.json',
  trainees: 'apps/progress-tracker/src/progress/stored/trainee.v1.json',
  drill_runs: 'apps/progress-tracker/src/progress/stored/drill-run.v1.json',
  schedule: 'apps/progress-tracker/src/clock/stored/phone-schedule.v1.json',
  commands: 'apps/progress-tracker/src/operations/stored/command.v1.json',
  messages: 'apps/progress-tracker/src/messages/stored/message.v1.json',
  consent_changes: 'apps/progress-tracker/src/consent/stored/consent-change.v1.json',
  audiences: 'apps/progress-tracker/src/audiences/stored/audience.v1.json',
  broadcasts: 'apps/progress-tracker/src/broadcasts/stored/broadcast.v1.json',
  broadcast_recipients: 'apps/progress-tracker/src/broadcasts/stored/recipient.v1.json',
  outboxes: 'apps/sms-sender/src/store/fixtures/2026-11.json',
};

/** Collections without such a document, and why. A new collection brings one instead. */
const excused: Readonly<Record<string, string>> = {
  inbound_sweeps: 'one document without a schema, begun anew when it is removed',
  rebuilds: 'says which rebuilds are alive; nothing reads it after its rebuild',
  schedules: 'read by a schema, and no release has written it yet',
  schedule_bases: 'one comparison of two texts: any other content plans the partition anew',
  text_rulings: 'read by a schema, and no release has written it yet',
  budgets: 'one number per employer, not read by a schema yet',
  waiting_log_records: 'the bytes of records, which their own schemas read; the row around them has none yet',
  sender_waiting_phones: 'its contract is tested in libs/projections; no document of it is kept yet',
  tracker_waiting_phones: 'its contract is tested in libs/projections; no document of it is kept yet',
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

it.each(Object.values(fixtures))('%s is a document that its service reads', (file) => {
  const app = file.split('/').slice(0, 2).join('/');
  const name = basename(file).replace(/(\.v1)?\.json$/, '');
  const readers = filesBelow(`${app}/src`).filter(
    (each) => each.endsWith('.ts') && read(each).includes(name),
  );
  expect(Object.keys(JSON.parse(read(file)) as object)).toContain('_id');
  expect(readers).not.toEqual([]);
});
