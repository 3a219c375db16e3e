import { flag, integer, number, phone, time, words, type Column } from '../files/columns';
import { scoreView } from '../api/score-view';
import type { List } from '../files/list-file';
import type { Answer } from './answers';
import type { GroupedRun } from './run-facts';
import type { AnsweredRun, ListedRun } from './run-figures';

const whatRan = <Row>(of: (row: Row) => GroupedRun<AnsweredRun>): readonly Column<Row>[] => [
  words('runId', (row) => of(row).runId),
  phone('phone', (row) => of(row).phone),
  words('employerId', (row) => of(row).groups.employerId),
  words('unitId', (row) => of(row).groups.unitId),
  words('labels', (row) => of(row).groups.labels?.join(' ')),
  words('drill', (row) => of(row).drill),
  words('revision', (row) => of(row).revision),
  words('language', (row) => of(row).groups.language),
  words('day', (row) => of(row).groups.day),
  flag('superseded', (row) => of(row).superseded === true),
];

const shareIn = ({ scores: { score } }: ListedRun): number | null | undefined =>
  score && scoreView(score).share;

/** Runs as a list. Labels have spaces between. */
export const runsList = (
  rows: AsyncIterable<GroupedRun<ListedRun>>,
  asOf: Date,
): List<GroupedRun<ListedRun>> => ({
  name: 'runs',
  asOf,
  rows,
  columns: [
    ...whatRan<GroupedRun<ListedRun>>((run) => run),
    words('zone', ({ groups }) => groups.zone),
    words('reason', ({ reason }) => reason),
    words('status', ({ status }) => status),
    time('startedAt', ({ startedAt }) => startedAt),
    time('endedAt', ({ endedAt }) => endedAt),
    words('endedDay', ({ endedDay }) => endedDay),
    words('abandonedBecause', ({ abandonedBecause }) => abandonedBecause),
    integer('right', ({ scores }) => scores.right),
    integer('graded', ({ graded }) => graded),
    integer('score_count', ({ scores }) => scores.score?.right),
    integer('score_of', ({ scores }) => scores.score?.of),
    number('score_share', shareIn),
    integer('passMark', ({ passMark }) => passMark),
    flag('passed', ({ scores }) => scores.passed),
    time('changedAt', ({ changedAt }) => changedAt),
  ],
});

/** Judged replies as a list. */
export const answersList = (rows: AsyncIterable<Answer>, asOf: Date): List<Answer> => ({
  name: 'answers',
  asOf,
  rows,
  columns: [
    ...whatRan<Answer>(({ run }) => run),
    words('prompt', ({ reply }) => reply.prompt),
    time('at', ({ reply }) => reply.at),
    words('response', ({ reply }) => reply.response),
    words('verdict', ({ reply }) => reply.verdict),
    words('judged', ({ reply }) => reply.judged),
    words('rule', ({ reply }) => reply.rule),
    integer('attempt', ({ reply }) => reply.attempt),
    words('option', ({ reply }) => reply.option),
    integer('afterMs', ({ reply }) => reply.afterMs),
    flag('reminded', ({ reply }) => reply.reminded === true),
    words('repeatOf', ({ reply }) => reply.repeatOf),
    words('rating_asks', ({ reply }) => reply.rating?.asks),
    integer('rating_value', ({ reply }) => reply.rating?.value),
    integer('rating_least', ({ reply }) => reply.rating?.least),
    integer('rating_most', ({ reply }) => reply.rating?.most),
  ],
});
