import { join } from 'node:path';
import {
  decodeBatch,
  decodeLogRecord,
  topics,
  type EventBatch,
  type SmsLogRecord,
} from '@stopcovid/contracts';
import { inMemoryDialogStore } from '@stopcovid/dialog-engine';
import { readCatalogue, type Catalogue } from '@stopcovid/drills';
import type { OutgoingRecord } from '@stopcovid/kafka';
import { evolveProgress, followUps, offerOf, type TraineeProgress } from '@stopcovid/progress-tracker';
import { everybody, madeUpCompany } from './made-up-company';

const now = Date.parse('2026-03-31T12:00:00.000Z');
/* Whoever is slow leaves questions open. */
const some = everybody().filter(({ diligence }, index) => index % (diligence < 0.6 ? 2 : 14) === 0);

const catalogueIn = async (folder: string): Promise<Catalogue> => {
  const read = await readCatalogue(folder);
  if (!read.ok) throw new Error('the drills cannot be used');
  return read.catalogue;
};
const batchIn = ({ value }: OutgoingRecord): EventBatch => {
  const read = decodeBatch(value ?? '');
  if (!read.ok) throw new Error(read.error.reason);
  return read.value;
};

const textIn = ({ value }: OutgoingRecord): SmsLogRecord => {
  const read = decodeLogRecord(value ?? '');
  if (!read.ok) throw new Error(read.error.reason);
  return read.value;
};

/** What is published when the company is asked for twice at once, and what it says of itself then. */
const filled = async (catalogue: Catalogue) => {
  const records: OutgoingRecord[] = [];
  const log: OutgoingRecord[] = [];
  const failures: unknown[] = [];
  const stillOnes: string[] = [];
  const askable: string[] = [];
  const company = madeUpCompany({
    people: some,
    catalogue: () => Promise.resolve(catalogue),
    dialogs: inMemoryDialogStore(),
    publisher: {
      publish: async (topic, told) => void (topic === topics.smsLog ? log : records).push(...told),
    },
    now: () => now,
    keepStill: async (employerId) => void stillOnes.push(employerId),
    letBeAsked: async (phones) => void askable.push(...phones),
    drained: () => Promise.resolve(),
    onFailed: (error) => failures.push(error),
  });
  const states = [company.state().is, company.fill().is, company.fill().is];
  while (company.state().is === 'coming') await new Promise(setImmediate);
  states.push(company.state().is, company.fill().is);
  expect(failures).toEqual([]);
  return { batches: records.map(batchIn), texts: log.map(textIn), states, stillOnes, askable };
};

describe('the made-up company', () => {
  let catalogue: Catalogue;
  let company: Awaited<ReturnType<typeof filled>>;
  const events = () => company.batches.flatMap((batch) => batch.events);

  beforeAll(async () => {
    catalogue = await catalogueIn(join(__dirname, '../../../../drills'));
    company = await filled(catalogue);
  });

  it('comes once, however often it is asked for, and nothing comes to its people by itself', () => {
    expect(company.states).toEqual(['none', 'coming', 'coming', 'here', 'here']);
    expect(company.stillOnes).toEqual(['harbor-hotels']);
    const places = company.batches.map(({ phone, version }) => `${phone} ${version}`);
    expect(new Set(places).size).toBe(places.length);
  });

  it('can be asked by operators where a question is open, and nowhere else', () => {
    const progress = new Map<string, TraineeProgress>();
    for (const batch of company.batches)
      progress.set(
        batch.phone,
        evolveProgress(progress.get(batch.phone), batch, { partition: 0, offset: '0' }),
      );
    const open = [...progress.values()].filter(({ runningId }) => runningId !== undefined);
    expect(open.length).toBeGreaterThan(2);
    expect(company.askable.toSorted()).toEqual(open.map(({ phone }) => phone).sort());
  });

  it('is the same every time', async () => {
    const again = await filled(catalogue);
    expect([again.batches, again.texts]).toEqual([company.batches, company.texts]);
  });

  it('has texted: each text with what it takes on its way, ours with the employer and, of a drill, its name', () => {
    const ours = company.texts.flatMap((text) => (text.type === 'SmsSent' ? [text] : []));
    const theirs = company.texts.filter(({ type }) => type === 'SmsReceived');
    expect(theirs.length).toBeGreaterThan(company.askable.length);
    expect(ours.length).toBeGreaterThan(theirs.length);
    expect(ours.filter(({ segments = 0, employerId }) => segments < 1 || employerId === undefined)).toEqual(
      [],
    );
    expect(new Set(ours.map(({ drill }) => drill)).size).toBeGreaterThan(3);
    expect(new Set(company.texts.map((text) => text.type !== 'SmsStatusChanged' && text.sid)).size).toBe(
      company.texts.length,
    );
  });

  it('has all that there is to be seen: units, languages, late ones, reminders, and some who left', () => {
    expect(new Set(company.batches.map(({ trainee }) => trainee.account.unitId)).size).toBeGreaterThan(4);
    expect(new Set(company.batches.map(({ trainee }) => trainee.profile.language)).size).toBe(3);
    const types = new Set(events().map(({ type }) => type));
    for (const type of [
      'DrillCompleted',
      'PromptFailed',
      'TraineeReminded',
      'DrillAbandoned',
      'TraineeOptedOut',
    ])
      expect(types).toContain(type);
  });

  it('has replies in words that nobody thought of, the same ones from several people', () => {
    const givers = new Map<string, Set<string>>();
    for (const { phone, events: told } of company.batches)
      for (const each of told)
        if ((each.type === 'PromptFailed' && each.option === undefined) || each.type === 'ReplyUnclear') {
          const key = `${each.drill} ${each.prompt} ${each.response}`;
          givers.set(key, (givers.get(key) ?? new Set()).add(phone));
        }
    const shared = [...givers].filter(([, phones]) => phones.size > 1).map(([key]) => key);
    expect(shared.length).toBeGreaterThan(3);
  });

  it('lies in the four weeks before now', () => {
    const times = company.batches.map(({ at }) => Date.parse(at));
    expect(Math.max(...times)).toBeLessThan(now);
    expect(Math.min(...times)).toBeGreaterThanOrEqual(now - 28 * 24 * 3_600_000);
  });

  it('has in it all that the tracker asks for as it reads it, and within what the engine keeps in mind', () => {
    const decided = new Set(company.batches.map(({ commandId }) => commandId));
    const progress = new Map<string, TraineeProgress>();
    const asked = company.batches.flatMap((batch) => {
      const after = evolveProgress(progress.get(batch.phone), batch, { partition: 0, offset: '0' });
      progress.set(batch.phone, after);
      return followUps(batch, after, offerOf(catalogue)).map(({ commandId }) => commandId);
    });
    expect(asked.length).toBeGreaterThan(some.length);
    expect(asked.filter((id) => !decided.has(id))).toEqual([]);
    expect(Math.max(...company.batches.map(({ version }) => version))).toBeLessThanOrEqual(64);
  });
});
