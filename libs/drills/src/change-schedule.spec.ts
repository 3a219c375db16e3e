import {
  decodeCommand,
  phoneSchema,
  runIdSchema,
  timestampSchema,
  type DrillRevision,
} from '@stopcovid/contracts';
import { compileKeywords, defaultKeywords, initialState, step, toBatch } from '@stopcovid/dialog-core';
import { copyLanguages, copyOf, textsFor } from '@stopcovid/sms-copy';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCatalogue } from './directory';

const at = timestampSchema.parse('2026-03-02T17:00:00.000Z');
const keywords = compileKeywords(defaultKeywords);

/** Writes what is said today into the files, for the reader of the diff to judge; `npm run format` makes it neat. */
const rewrite = process.env['UPDATE_CONVERSATIONS'] === '1';

const commandOf = (fields: object, index: number) => {
  const wire = { schemaVersion: 1, commandId: `c${index}`, phone: phoneSchema.parse('+12025550143'), at };
  const decoded = decodeCommand(JSON.stringify({ ...wire, ...fields }));
  if (!decoded.ok) throw new Error(decoded.error.reason);
  return decoded.value;
};

let drill: DrillRevision;

beforeAll(async () => {
  const read = await readCatalogue(join(__dirname, '../../../drills'));
  const found = read.ok
    ? [...read.catalogue.revisions.values()].find(({ content }) => content.slug === 'change-schedule')
    : undefined;
  if (found === undefined) throw new Error('the sample drills have no change-schedule');
  drill = found;
});

/** What somebody of this language reads to each of their texts once the drill is started, and their profile after all. */
const play = (language: string, texts: readonly string[]) => {
  const code = { type: 'EnrolTrainee', code: 'ACME', source: 'website', profile: { language } };
  const begin = { type: 'StartDrill', drill: 'change-schedule', reason: 'operator' };
  const orders = [code, begin, ...texts.map((text) => ({ type: 'ReceiveSms', text }))];
  const registration = { status: 'Valid', demo: false, account: {} } as const;
  let state = initialState();
  const reads = orders.map((fields, index) => {
    const command = commandOf(fields, index);
    const facts = { at, runId: runIdSchema.parse(`run-${index}`), keywords, drill, registration };
    const taken = step(state, command, facts);
    state = taken.state;
    return textsFor(toBatch({ ...taken, command, version: index + 1, at })).map(({ body }) => body);
  });
  return {
    turns: texts.map((text, index) => ({ text, reads: reads[index + 2] })),
    profile: state.trainee.profile,
  };
};

type Golden = {
  readonly turns: readonly { readonly text: string; readonly reads: readonly string[] }[];
  readonly profile: object;
};

describe('the drill SCHEDULE', () => {
  it.each(['en', 'es', 'fr'])('talks as the golden conversation does: %s', (language) => {
    const path = join(__dirname, `conversations/change-schedule-${language}.json`);
    const { turns, profile } = JSON.parse(readFileSync(path, 'utf8')) as Golden;
    const played = play(
      language,
      turns.map(({ text }) => text),
    );
    if (rewrite) writeFileSync(path, JSON.stringify(played));
    else expect(played).toEqual({ turns, profile });
  });

  it('has a golden conversation in each of its languages', () =>
    expect(drill.content.languages).toEqual(['en', 'es', 'fr']));

  it.each(copyLanguages)('understands the example that we give ourselves: %s', (language) => {
    const example = copyOf(language)
      .sayWhen.split(/[:៖]\s/)
      .slice(1)
      .join(': ');
    const { profile } = play(language, [example]);
    expect(profile).toMatchObject({ deliveryDays: expect.anything(), preferredTime: expect.anything() });
  });
});
