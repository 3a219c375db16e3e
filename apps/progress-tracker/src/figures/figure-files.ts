import { integer, number, phone, share, time, words, type Column } from '../files/columns';
import type { List } from '../files/list-file';
import type { CompletionTable } from './completion-table';
import type { DrillQuestions, QuestionFigures } from './drill-questions';
import type { EngagementTable } from './engagement-table';
import { namesIn, type Grouping, type Line } from './lines';
import type { OverdueRun } from './overdue-runs';
import { openHoursOf } from './overdue-views';

/** When the figures of a file were. */
export const knownAt = (asOf: Date): Column<unknown> => time('asOf', () => asOf);

type Table<Figures> = {
  readonly lines: readonly ({ readonly group: Line } & Figures)[];
  readonly total: Figures;
};
type Lined<Figures> = { readonly group: Line } & Figures;

/** The rows of a table: where nothing has a line of its own, the total is the one there is. */
export const rowsOf = <Figures>(
  { lines, total }: Table<Figures>,
  by: readonly unknown[],
): readonly Lined<Figures>[] => (by.length === 0 ? [{ group: {}, ...total }] : lines);

/** What the rows of a table are of. */
export const groupColumns = (
  by: Parameters<typeof namesIn>[0],
): readonly Column<{ readonly group: Line }>[] =>
  namesIn(by).map((name) => words(name, ({ group }) => group[name]));

/** How far runs came, as a list. */
export const completionList = (
  table: CompletionTable,
  by: readonly Grouping[],
  asOf: Date,
): List<Lined<CompletionTable['total']>> => ({
  name: 'completion',
  asOf,
  rows: rowsOf(table, by),
  columns: [
    ...groupColumns(by),
    integer('assigned', ({ assigned }) => assigned),
    integer('sent', ({ sent }) => sent),
    integer('started', ({ started }) => started),
    integer('completed', ({ completed }) => completed),
    integer('due', ({ due }) => due),
    integer('onTime', ({ onTime }) => onTime),
    integer('optedOut', ({ optedOut }) => optedOut),
    ...share<CompletionTable['total']>('ofAssigned', ({ ofAssigned }) => ofAssigned),
    ...share<CompletionTable['total']>('ofStarted', ({ ofStarted }) => ofStarted),
    ...share<CompletionTable['total']>('withoutOptedOut', ({ withoutOptedOut }) => withoutOptedOut),
    ...share<CompletionTable['total']>('onTimeOfDue', ({ onTimeOfDue }) => onTimeOfDue),
    ...share<CompletionTable['total']>('engaged', ({ engaged }) => engaged),
    ...share<CompletionTable['total']>('passed', ({ passed }) => passed),
    integer('score_of', ({ score }) => score.of),
    number('score_mean', ({ score }) => score.mean),
    knownAt(asOf),
  ],
});

/** Who takes part, as a list. */
export const engagementList = (
  table: EngagementTable,
  by: readonly Grouping[],
  asOf: Date,
): List<Lined<EngagementTable['total']>> => ({
  name: 'engagement',
  asOf,
  rows: rowsOf(table, by),
  columns: [
    ...groupColumns(by),
    integer('activeTrainees', ({ activeTrainees }) => activeTrainees),
    ...share<EngagementTable['total']>('engaged', ({ engaged }) => engaged),
    ...share<EngagementTable['total']>('participation', ({ participation }) => participation),
    integer('confidence_pairs', ({ confidence }) => confidence.pairs),
    number('confidence_before', ({ confidence }) => confidence.before),
    number('confidence_after', ({ confidence }) => confidence.after),
    number('confidence_lift', ({ confidence }) => confidence.lift),
    integer('satisfaction_of', ({ satisfaction }) => satisfaction.of),
    number('satisfaction_mean', ({ satisfaction }) => satisfaction.mean),
    knownAt(asOf),
  ],
});

type Question = { readonly of: DrillQuestions; readonly question: QuestionFigures };

const none = { count: 0, of: 0, share: null, interval: null };

/** The questions of a drill, as a list. Options and flags are JSON, as the API has them. */
export const questionsList = (revisions: readonly DrillQuestions[], asOf: Date): List<Question> => ({
  name: 'items',
  asOf,
  rows: revisions.flatMap((of) => of.questions.map((question) => ({ of, question }))),
  columns: [
    words('revision', ({ of }) => of.revision),
    words('language', ({ of }) => of.language),
    integer('runs', ({ of }) => of.runs),
    words('prompt', ({ question }) => question.prompt),
    integer('reached', ({ question }) => question.reached),
    integer('answered', ({ question }) => question.answered),
    ...share<Question>('dropOff', ({ question }) => question.dropOff),
    words('grade', ({ question }) => question.item?.grade),
    integer('answers', ({ question }) => question.item?.answers),
    integer('complete', ({ question }) => question.item?.complete),
    ...share<Question>('facility', ({ question }) => question.item?.facility ?? none),
    number('discrimination', ({ question }) => question.item?.discrimination),
    number('discrimination_low', ({ question }) => question.item?.interval?.low),
    number('discrimination_high', ({ question }) => question.item?.interval?.high),
    number('efficiency', ({ question }) => question.item?.efficiency),
    ...share<Question>('rightInTheEnd', ({ question }) => question.rightInTheEnd),
    ...share<Question>('afterReminder', ({ question }) => question.afterReminder),
    integer('unclear', ({ question }) => question.unclear),
    number('seconds_median', ({ question }) => question.seconds.median),
    number('seconds_p90', ({ question }) => question.seconds.p90),
    words('options', ({ question }) => question.item && JSON.stringify(question.item.options)),
    words('flags', ({ question }) => question.item && JSON.stringify(question.item.flags)),
    knownAt(asOf),
  ],
});

/** Who is overdue, as a list. */
export const overdueList = (rows: AsyncIterable<OverdueRun>, asOf: Date): List<OverdueRun> => ({
  name: 'overdue',
  asOf,
  rows,
  columns: [
    phone('phone', ({ run }) => run.phone),
    words('runId', ({ run }) => run.runId),
    words('employerId', ({ run }) => run.groups.employerId),
    words('unitId', ({ run }) => run.groups.unitId),
    words('drill', ({ run }) => run.drill),
    words('dueOn', ({ run }) => run.groups.day),
    integer('daysLate', ({ daysLate }) => daysLate),
    words('open_prompt', ({ open }) => open.prompt),
    time('open_askedAt', ({ open }) => open.askedAt),
    integer('open_hours', (overdue) => openHoursOf(overdue, asOf)),
    time('open_remindedAt', ({ open }) => open.remindedAt),
    knownAt(asOf),
  ],
});
