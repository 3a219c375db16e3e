import { decodeBatch, phoneSchema } from '@stopcovid/contracts';
import type { LogRecord } from '@stopcovid/kafka';
import type { DocumentDifference, PhoneReport } from '@stopcovid/progress-tracker';
import { ann, bob, soundHistory } from '../invariants/history.testkit';
import { skippedBy, unexplained } from './skipped';

const { events } = soundHistory();
const later = (phone: string, event: object): readonly LogRecord[] =>
  events
    .filter(({ key }) => key === phone)
    .slice(0, 1)
    .map((record) => ({
      ...record,
      value: Buffer.from(JSON.stringify({ ...JSON.parse(String(record.value)), events: [event] })),
    }));

const keeps = new Set(['trainees', 'drill_runs']);
const document = (id: string) => ({ _id: id });
const both = (collection: string, id: string): DocumentDifference => ({
  collection,
  id,
  fields: ['version'],
  live: document(id),
  shadow: document(id),
});
const report = (
  differences: readonly DocumentDifference[],
  finding: PhoneReport['finding'] = 'different',
): PhoneReport => ({ phone: phoneSchema.parse(ann), finding, differences, replaced: true });

describe('what a release skips of the events', () => {
  it('is nothing where it knows them all', () => {
    expect(skippedBy({ decodeBatch }, events)).toEqual(new Set());
  });

  it('is the run and the phone that an event of a type unknown to it speaks of', () => {
    const certificate = later(ann, { type: 'CertificateIssued', runId: 'run-7' });
    const prize = later(bob, { type: 'PrizeWon' });
    expect(skippedBy({ decodeBatch }, [...events, ...certificate, ...prize])).toEqual(
      new Set([ann, 'run-7', bob]),
    );
  });

  it('is nothing of a batch that it cannot read at all: that waits', () => {
    const broken = events.slice(0, 1).map((record) => ({ ...record, value: Buffer.from('{') }));
    expect(skippedBy({ decodeBatch }, broken)).toEqual(new Set());
  });
});

describe('what a rebuild finds after an update', () => {
  const skipped = new Set<string>([ann, 'run-7']);
  const linesOf = (reports: readonly PhoneReport[]): readonly string[] =>
    unexplained(reports, { keeps }, skipped);

  it.each<readonly [string, PhoneReport]>([
    ['a run that lacks a skipped event', report([both('drill_runs', 'run-7')])],
    ['a trainee who lacks one', report([both('trainees', ann)])],
    [
      'a projection that the earlier release does not keep',
      report([{ collection: 'schedule', id: ann, fields: [], shadow: document(ann) }], 'missing'),
    ],
    ['a phone that was written meanwhile', report([both('drill_runs', 'run-8')], 'unsettled')],
  ])('may be %s', (_, found) => {
    expect(linesOf([found])).toEqual([]);
  });

  it.each<readonly [string, PhoneReport, string]>([
    ['a run of which nothing was skipped', report([both('drill_runs', 'run-8')]), 'drill_runs run-8'],
    ['a trainee of whom nothing was skipped', report([both('trainees', bob)]), `trainees ${bob}`],
    [
      'a run that is gone',
      report([{ collection: 'drill_runs', id: 'run-7', fields: [], shadow: document('run-7') }]),
      'one side lacks it',
    ],
    ['a phone that stands still', report([], 'late'), 'is late'],
    ['a hole in the topic', report([], 'hole'), 'is hole'],
    ['a phone of which the topic knows nothing', report([], 'unknown'), 'is unknown'],
  ])('may not be %s', (_, found, line) => {
    expect(linesOf([found])).toEqual([expect.stringContaining(line)]);
  });
});
