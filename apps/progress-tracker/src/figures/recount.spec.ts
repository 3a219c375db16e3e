import type { CompletionCounts } from '@stopcovid/statistics';
import fc from 'fast-check';
import { completionTable, type CompletionLine, type CompletionTable } from './completion-table';
import { drillQuestions } from './drill-questions';
import { engagementTable } from './engagement-table';
import { lives, slices } from './lives.testkit';
import { figuresAfter, readIn } from './read.testkit';
import {
  groupText,
  recountedActive,
  recountedChanges,
  recountedParticipation,
  recountedCompletion,
  recountedQuestions,
  recountedRatings,
  recountedScores,
  recountedTotal,
} from './recount.testkit';
import { recountedReminders } from './recounted-reminders.testkit';
import { reminderTable } from './reminder-table';
import { addRunCounts } from './run-facts';
import type { RunFigures, RunFilter } from './run-figures';

const countsAlone = ({ assigned, sent, started, completed, due, onTime, optedOut }: CompletionCounts) => ({
  ...{ assigned, sent, started, completed },
  ...{ due, onTime, optedOut },
});

const scoresAlone = ({ passed: { count, of }, score }: CompletionLine | CompletionTable['total']) => ({
  passed: { count, of },
  score,
});

const byGroup = (lines: readonly CompletionLine[]) =>
  new Map(lines.map((line) => [groupText(line.group), countsAlone(line)]));

const everything: fc.Arbitrary<RunFilter> = fc.constant({});
const day = fc.constantFrom('2026-03-06', '2026-03-08', '2026-03-10', '2026-03-20');
const some = fc.record(
  {
    from: day,
    until: day,
    employerId: fc.constantFrom('acme', 'other'),
    unitId: fc.constantFrom('kitchen', 'bar'),
    label: fc.constantFrom('new', 'night'),
    drill: fc.constantFrom('one', 'two'),
    language: fc.constantFrom('en', 'es'),
    reason: fc.constantFrom('scheduled', 'optedIn'),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<RunFilter>;
const filter = fc.oneof({ weight: 2, arbitrary: everything }, { weight: 1, arbitrary: some });
const by = fc.subarray(
  ['employer', 'unit', 'label', 'drill', 'revision', 'language', 'reason', 'day', 'month'] as const,
  {
    maxLength: 3,
  },
);

const questionsOf = async (figures: RunFigures, drill: string) => {
  const told = drillQuestions(await figures.questions({ drill }));
  return new Map(
    told.map(({ revision, language, questions }) => [
      `${revision} ${language}`,
      new Map(questions.map((question) => [question.prompt as string, question])),
    ]),
  );
};

const changesSince = async (figures: RunFigures, changedSince: Date) => {
  const changes = new Map<string, readonly [string | undefined, boolean]>();
  for await (const { runId, changedAt, superseded } of figures.inOrder({ changedSince }, 'list'))
    changes.set(runId, [changedAt?.toISOString(), superseded === true]);
  return changes;
};

describe('figures of runs, however their events come', () => {
  it('are what a plain recount of all events comes to', () =>
    fc.assert(
      fc.asyncProperty(lives, slices, filter, by, async (batches, plan, given, keys) => {
        const figures = await figuresAfter(batches, plan);
        const table = await completionTable(figures, given, keys);
        expect(byGroup(table.lines)).toEqual(recountedCompletion(batches, { filter: given, by: keys }));
        expect(countsAlone(table.total)).toEqual(recountedTotal(batches, given));
        expect(addRunCounts((await figures.counts(given, [])).map(({ counts }) => counts))).toMatchObject(
          recountedRatings(batches, given),
        );
        expect(scoresAlone(table.total)).toEqual(recountedScores(batches, given));
        const { total } = await engagementTable(figures, given, []);
        expect(total.activeTrainees).toBe(recountedActive(batches, given));
        expect(total.participation).toMatchObject(recountedParticipation(batches, given));
        const reminders = await reminderTable(figures, given, keys);
        expect(reminders.total).toEqual(recountedReminders(batches, given));
        expect(reminders.lines.map(({ group }) => group)).toEqual(table.lines.map(({ group }) => group));
        const since = batches[Math.floor(batches.length / 2)]?.at ?? '';
        expect(await changesSince(figures, new Date(since))).toEqual(recountedChanges(batches, since));
        for (const drill of ['one', 'two'])
          expect(await questionsOf(figures, drill)).toEqual(recountedQuestions(batches, { drill }));
      }),
    ));

  it('come to the same from buckets, before they are counted anew and after, whoever died where', () =>
    fc.assert(
      fc.asyncProperty(lives, slices, filter, by, async (batches, plan, given, keys) => {
        const { figures, bucketed, settle } = await readIn(batches, plan);
        const right = recountedCompletion(batches, { filter: given, by: keys });
        expect(byGroup((await completionTable(bucketed, given, keys)).lines)).toEqual(right);
        expect(await questionsOf(bucketed, 'one')).toEqual(recountedQuestions(batches, { drill: 'one' }));
        await expect(settle()).resolves.toEqual([]);
        const { lines, total } = await completionTable(bucketed, given, keys);
        expect(byGroup(lines)).toEqual(right);
        expect(countsAlone(total)).toEqual(recountedTotal(batches, given));
        for (const drill of ['one', 'two']) {
          expect(await questionsOf(bucketed, drill)).toEqual(recountedQuestions(batches, { drill }));
          const narrowed = { ...given, drill };
          expect(await bucketed.questions(narrowed)).toEqual(await figures.questions(narrowed));
        }
      }),
    ));
});
