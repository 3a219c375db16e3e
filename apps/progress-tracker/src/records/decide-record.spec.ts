import { drillSlugSchema } from '@stopcovid/contracts';
import { runOf } from '../figures/figures.testkit';
import type { DrillRun } from '../progress/drill-run';
import { batchOf, completed, event } from '../tracker.testkit';
import { decideRecord, type Moment } from './decide-record';
import { recordOf } from './records.testkit';

const run = (right: boolean, changes: Partial<DrillRun> = {}): DrillRun => ({
  ...runOf({ later: [event(right ? 'PromptCompleted' : 'PromptFailed'), completed('one')] }),
  ...changes,
});
const right = run(true);
const course = { slug: 'clean-hands', drills: [drillSlugSchema.parse('one')], passMark: 80 };

const decided = (changes: Partial<Moment> = {}) =>
  decideRecord(
    { batch: batchOf(4, []), registeredVersion: 0, runs: [right], course, record: undefined, ...changes },
    (...names) => names.join('/'),
  );
const resting = {
  ...recordOf(),
  runs: [{ drill: right.drill, revision: right.revision, runId: right.runId }],
};
const regraded = run(false, { runId: right.runId });

describe('a record of a course', () => {
  it('is made when all drills are completed and the score is the mark, with what it rests on', () =>
    expect(decided()).toMatchObject({
      id: '+12025550143/clean-hands',
      passedAt: new Date('2026-03-04T10:00:00.000Z'),
      score: { right: 1, of: 1 },
      passMark: 80,
      runs: resting.runs,
      employerId: 'acme',
      language: 'en',
      version: 4,
    }));

  it.each<readonly [string, Partial<Moment>]>([
    ['below the mark', { runs: [run(false)] }],
    [
      'while a drill is left',
      { course: { ...course, drills: [...course.drills, drillSlugSchema.parse('two')] } },
    ],
    ['of a course without a mark', { course: { slug: 'clean-hands', drills: course.drills } }],
    ['over runs of an earlier registration', { registeredVersion: 3 }],
    ['over runs that count no more', { runs: [{ ...right, superseded: true }] }],
  ])('is not made %s', (_when, changes) => expect(decided(changes)).toBeUndefined());

  it('bears the title that the course has then, and the language of the run that ended last', () => {
    const title = { en: 'Clean hands' };
    const two = drillSlugSchema.parse('two');
    const { groups } = right;
    const later = run(true, {
      drill: two,
      startedVersion: 9,
      ...(groups && { groups: { ...groups, language: 'fr' } }),
    });
    const drills = [two, ...course.drills];
    expect(decided({ course: { ...course, drills, title }, runs: [later, right] })).toMatchObject({
      title,
      language: 'fr',
    });
    expect(decided()).not.toHaveProperty('title');
  });

  it('has the revision of what was passed: another drill or mark is another one', () => {
    const revisions = [
      decided(),
      decided({ course: { ...course, passMark: 79 } }),
      decided({ runs: [{ ...right, revision: 'c'.repeat(64) as never }] }),
      decided(),
    ].map((record) => record?.revision);
    expect(new Set(revisions).size).toBe(3);
    expect(revisions[3]).toBe(revisions[0]);
  });

  it('stays as it was fixed, whatever the trainee does later', () => {
    expect(decided({ record: resting })).toBeUndefined();
    const later = run(false, { runId: 'later' as never, startedVersion: 9 });
    expect(decided({ record: resting, runs: [later, right] })).toBeUndefined();
  });

  it.each<readonly [string, readonly DrillRun[]]>([
    ['counts no more', [{ ...right, superseded: true }]],
    ['was graded again, below the mark', [regraded]],
  ])('is taken back when a run that it rests on %s', (_why, runs) =>
    expect(decided({ record: resting, runs })).toEqual({
      ...resting,
      version: 4,
      takenBackAt: new Date('2026-03-04T10:00:00.000Z'),
    }),
  );

  it('is not taken back over runs that are too many to look at', () =>
    expect(decided({ record: resting, runs: [] })).toBeUndefined());

  it('stands again under its id once the course is passed again', () => {
    const takenBack = { ...resting, takenBackAt: new Date() };
    expect(decided({ record: takenBack, runs: [regraded] })).toBeUndefined();
    const again = decided({ record: takenBack });
    expect(again).toMatchObject({ id: resting.id, version: 4 });
    expect(again).not.toHaveProperty('takenBackAt');
  });

  it('is not changed by a batch that is in it', () => {
    const batch = batchOf(3, []);
    expect(decided({ record: resting, runs: [regraded], batch })).toBeUndefined();
    expect(decided({ record: { ...resting, takenBackAt: new Date() }, batch })).toBeUndefined();
  });
});
