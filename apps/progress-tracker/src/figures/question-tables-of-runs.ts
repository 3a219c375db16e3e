import { groupBy } from '@stopcovid/runtime';
import { asJudged } from '../progress/judged-reply';
import { contentSums, count, secondsOf, type ContentSums, type ContentTable } from './question-table';
import type { QuestionedReply, QuestionedRun } from './questioned-run';
import { isAnswer, lastWordOf, ownPrompts } from './run-facts';

type Answers = ReadonlyMap<string, readonly QuestionedReply[]>;
type Growing = ReturnType<ReturnType<ContentSums['addRun']>>;

const graded = ({ verdict }: QuestionedReply): boolean => verdict === 'right' || verdict === 'wrong';
const right = ({ verdict }: QuestionedReply): boolean => verdict === 'right';

const answersIn = ({ replies = [] }: QuestionedRun): Answers =>
  groupBy(
    replies.filter(({ repeatOf }) => repeatOf === undefined),
    ({ prompt }) => prompt,
  );

/** First attempts alone say how hard a question is: later ones know what was wrong. */
const firstGraded = (replies: readonly QuestionedReply[]): QuestionedReply | undefined => {
  const first = replies.find(isAnswer);
  return first !== undefined && graded(first) ? first : undefined;
};

const rightAtFirst = (answers: Answers): ReadonlySet<string> =>
  new Set(
    [...answers].flatMap(([prompt, replies]) => (firstGraded(replies)?.verdict === 'right' ? [prompt] : [])),
  );

const addReplies = (sums: Growing, replies: readonly QuestionedReply[]): void => {
  for (const reply of replies) {
    const { verdict, option } = reply;
    if (verdict === 'unclear') sums.unclear += 1;
    if (option === undefined) continue;
    count(sums.named, option);
    /* A person's ruling says nothing of the key of the drill. */
    if (asJudged(reply) === 'right') count(sums.keyed, option);
  }
  const first = replies.find(isAnswer);
  if (first === undefined) return;
  sums.answered += 1;
  sums.right += Number(replies.some(right));
  sums.graded += Number(replies.some(graded));
  sums.reminded += Number(first.reminded === true);
  if (first.afterMs !== undefined) count(sums.seconds, String(secondsOf(first.afterMs)));
};

/** Adds a run to the tables of its questions. */
export const addRun = (tables: ContentSums, run: QuestionedRun): void => {
  if (run.replies === undefined || run.groups === undefined) return;
  const { drill, revision, groups } = run;
  const sumsOf = tables.addRun({ drill, revision, language: groups.language, firstDay: groups.day });
  const answers = answersIn(run);
  const known = rightAtFirst(answers);
  const put = ownPrompts(run);
  const lastWord = lastWordOf(run);
  for (const prompt of new Set(put)) {
    const sums = sumsOf(prompt);
    const place = put.indexOf(prompt);
    sums.reached += 1;
    sums.places += place;
    sums.ended += Number(prompt === lastWord);
    count(sums.after, JSON.stringify(put[place - 1] ?? null));
    const replies = answers.get(prompt) ?? [];
    addReplies(sums, replies);
    const first = firstGraded(replies);
    if (first === undefined) continue;
    const rest = run.status === 'completed' ? known.size - Number(known.has(prompt)) : null;
    count(sums.firsts, JSON.stringify([first.option ?? null, right(first), rest]));
  }
};

/** The tables of the questions of runs, none of which is kept. Those from before replies were kept are left out. */
export const questionTablesOf = async (
  runs: AsyncIterable<QuestionedRun>,
): Promise<readonly ContentTable[]> => {
  const tables = contentSums();
  for await (const run of runs) addRun(tables, run);
  return tables.tables();
};
