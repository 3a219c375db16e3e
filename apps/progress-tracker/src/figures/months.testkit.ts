import type { LocalDate } from '@stopcovid/calendar';
import type { DecodedBatch } from '@stopcovid/contracts';
import { completionTable } from './completion-table';
import { drillQuestions } from './drill-questions';
import { engagementTable } from './engagement-table';
import {
  groupText,
  recountedActive,
  recountedCompletion,
  recountedParticipation,
  recountedQuestions,
} from './recount.testkit';
import type { DrillFilter, RunFigures } from './run-figures';
import { drills } from './year.testkit';

const months = Array.from({ length: 12 }, (_, index) => `2026-${String(index + 1).padStart(2, '0')}`);
const spanOf = (month: string) => ({
  from: `${month}-01` as LocalDate,
  until: `${month}-32` as LocalDate,
});

const completionIn = async (figures: RunFigures) => {
  const { lines } = await completionTable(figures, {}, ['month']);
  return new Map(
    lines.map(({ group, assigned, sent, started, completed, due, onTime, optedOut }) => [
      groupText(group),
      { assigned, sent, started, completed, due, onTime, optedOut },
    ]),
  );
};

const engagementIn = async (figures: RunFigures) =>
  new Map(
    (await engagementTable(figures, {}, ['month'])).lines.map(
      ({ group, activeTrainees: active, participation: { of, count } }) => [
        groupText(group),
        { active, of, count },
      ],
    ),
  );

const questionsIn = async (figures: RunFigures, asked: DrillFilter) =>
  new Map(
    drillQuestions(await figures.questions(asked)).map(({ revision, language, questions }) => [
      `${revision} ${language}`,
      new Map(questions.map((question) => [question.prompt as string, question])),
    ]),
  );

/** Each drill in each month. */
const askedOfQuestions = months.flatMap((month) => drills.map((drill) => ({ drill, ...spanOf(month) })));

/** Completion, engagement and questions by month, as the service tells them. */
export const toldBy = async (figures: RunFigures) => {
  const questions: Awaited<ReturnType<typeof questionsIn>>[] = [];
  for (const asked of askedOfQuestions) questions.push(await questionsIn(figures, asked));
  return { completion: await completionIn(figures), engagement: await engagementIn(figures), questions };
};

/** The same by a slow recount of the events. */
export const recountedFrom = (batches: readonly DecodedBatch[]) => ({
  completion: recountedCompletion(batches, { filter: {}, by: ['month'] }),
  engagement: new Map(
    months.map((month) => [
      groupText({ month }),
      {
        active: recountedActive(batches, spanOf(month)),
        ...recountedParticipation(batches, spanOf(month)),
      },
    ]),
  ),
  questions: askedOfQuestions.map((asked) => recountedQuestions(batches, asked)),
});
