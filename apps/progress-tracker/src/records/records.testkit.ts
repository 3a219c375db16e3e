import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  drillHashSchema,
  drillSlugSchema,
  runIdSchema,
  type DialogEvent,
  type Phone,
} from '@stopcovid/contracts';
import { Secret } from '@stopcovid/runtime';
import type { ProgressTrackerConfig } from '../config';
import { batchOf, event, maria, registered } from '../tracker.testkit';
import type { CompletionRecord } from './record';

/** A key as openssl makes one, and its public part. */
export const newRecordsKey = (): { readonly secret: Secret; readonly x: string } => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
  return { secret: new Secret(pem), x: String(publicKey.export({ format: 'jwk' }).x) };
};

export const recordsKey = newRecordsKey();
export const issuerUrl = 'https://records.example.org';

/** What switches records on, for a course of one drill whose mark is 80 percent. */
export const recordsOn = (): {
  readonly settings: Partial<ProgressTrackerConfig>;
  readonly remove: () => void;
} => {
  const directory = mkdtempSync(join(tmpdir(), 'course-'));
  const drill = {
    slug: 'one',
    title: { en: 'One' },
    languages: ['en'],
    prompts: [{ slug: 'first', messages: [{ text: { en: 'Wash them.' } }] }],
  };
  writeFileSync(join(directory, 'one.json'), JSON.stringify(drill));
  const title = { en: 'Clean hands', es: 'Manos limpias' };
  const course = { slug: 'clean-hands', drills: ['one'], passMark: 80, title };
  writeFileSync(join(directory, 'course.json'), JSON.stringify(course));
  return {
    settings: {
      RECORDS_KEY: recordsKey.secret,
      RECORDS_ISSUER_NAME: 'Acme <Training>',
      RECORDS_URL: new URL(issuerUrl),
      DRILLS_DIR: directory,
    },
    remove: () => rmSync(directory, { recursive: true }),
  };
};

type Who = {
  readonly phone?: Phone;
  readonly trainee?: typeof registered;
  readonly from?: number;
  readonly language?: string;
};

const answered = (right: boolean, run: object): DialogEvent =>
  right ? event('PromptCompleted', run) : event('PromptFailed', run);

/** What happens to who registers and completes the course of one drill, rightly or not: three versions. */
export const takesCourse = (right: boolean, { from = 1, language = 'en', ...who }: Who = {}) => {
  const run = { runId: `run-${who.phone ?? maria}-${from}`, drill: 'one' };
  const prompt = { slug: 'first', language, position: 1, of: 1, messages: [{ text: 'Why?' }] };
  return [
    batchOf(from, [event('TraineeRegistered')], { trainee: registered, ...who }),
    batchOf(from + 1, [event('DrillStarted', { ...run, prompt })], { trainee: registered, ...who }),
    batchOf(from + 2, [answered(right, run), event('DrillCompleted', run)], { trainee: registered, ...who }),
  ];
};

/** A record of maria's, as plain as it can be. */
export const recordOf = (changes: Partial<CompletionRecord> = {}): CompletionRecord => ({
  id: 'q83vEjRWeJq83vEjRWeJqg',
  phone: maria,
  course: 'clean-hands',
  revision: 'a'.repeat(64),
  passedAt: new Date('2026-03-03T10:00:00.000Z'),
  score: { right: 9, of: 10 },
  passMark: 80,
  runs: [
    {
      drill: drillSlugSchema.parse('one'),
      revision: drillHashSchema.parse('b'.repeat(64)),
      runId: runIdSchema.parse('run-one'),
    },
  ],
  employerId: 'acme',
  version: 3,
  ...changes,
});
