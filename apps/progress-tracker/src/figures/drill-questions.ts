import {
  funnel,
  itemFigures,
  median,
  merge,
  percentile,
  rate,
  type DropOff,
  type FunnelStep,
  type ItemCell,
  type ItemFigures,
  type Rate,
} from '@stopcovid/statistics';
import { groupBy } from '../group-by';
import { foldByContent, type Content, type Way } from './by-content';
import { isAnswer, lastWordOf, ownPrompts } from './run-facts';
import type { DrillRun } from '../progress/drill-run';
import { asJudged, type JudgedReply } from '../progress/judged-reply';

/** What is asked of the replies to one prompt. Times are in seconds; repeats of earlier drills are not in it. */
export type QuestionFigures = FunnelStep &
  DropOff & {
    readonly prompt: string;
    /** Only where answers were graded: first attempts, with the score of the other prompts. */
    readonly item?: ItemFigures;
    /** Of the runs that answered, those that were right at some attempt. */
    readonly rightInTheEnd: Rate;
    /** Of the answers, those that came only after a reminder. */
    readonly afterReminder: Rate;
    readonly unclear: number;
    /** The option that was judged right, where options were. */
    readonly key?: string;
    /** Runs that were completed by being put it: it is the last word, and asks for nothing. */
    readonly ended: number;
    readonly seconds: { readonly median: number | null; readonly p90: number | null };
  };

/** The questions of one content of a drill. */
export type DrillQuestions = Content & {
  readonly runs: number;
  readonly questions: readonly QuestionFigures[];
};

type Answers = ReadonlyMap<string, readonly JudgedReply[]>;

/** What is kept of one prompt, whatever the number of runs: counts, and one number for each answer. */
type Sums = {
  reached: number;
  answered: number;
  readonly places: { sum: number; times: number };
  readonly cells: Map<string, { -readonly [K in keyof ItemCell]: ItemCell[K] }>;
  readonly options: Set<string>;
  key: string | null;
  right: number;
  graded: number;
  reminded: number;
  unclear: number;
  ended: number;
  readonly seconds: number[];
};

const nothing = (): Sums => ({
  reached: 0,
  answered: 0,
  places: { sum: 0, times: 0 },
  cells: new Map(),
  options: new Set(),
  key: null,
  right: 0,
  graded: 0,
  reminded: 0,
  unclear: 0,
  ended: 0,
  seconds: [],
});

const graded = ({ verdict }: JudgedReply): boolean => verdict === 'right' || verdict === 'wrong';
const right = ({ verdict }: JudgedReply): boolean => verdict === 'right';

const answersIn = ({ replies = [] }: DrillRun): Answers =>
  groupBy(
    replies.filter(({ repeatOf }) => repeatOf === undefined),
    ({ prompt }) => prompt,
  );

/** First attempts alone say how hard a question is: later ones know what was wrong. */
const firstGraded = (answers: Answers, prompt: string): JudgedReply | undefined => {
  const first = answers.get(prompt)?.find(isAnswer);
  return first !== undefined && graded(first) ? first : undefined;
};

const restOf = ({ status }: DrillRun, answers: Answers, without: string): number | null => {
  if (status !== 'completed') return null;
  return [...answers.keys()].filter(
    (prompt) => prompt !== without && firstGraded(answers, prompt)?.verdict === 'right',
  ).length;
};

const addItem = ({ cells }: Sums, first: JudgedReply, rest: number | null): void => {
  const cell = { option: first.option ?? null, right: right(first), rest };
  const name = JSON.stringify(cell);
  const known = cells.get(name);
  if (known === undefined) cells.set(name, { ...cell, count: 1 });
  else known.count += 1;
};

const addReplies = (sums: Sums, replies: readonly JudgedReply[]): void => {
  for (const reply of replies) {
    const { verdict, option } = reply;
    if (verdict === 'unclear') sums.unclear += 1;
    if (option === undefined) continue;
    sums.options.add(option);
    /* A person's ruling says nothing of the key of the drill. */
    if (asJudged(reply) === 'right') sums.key ??= option;
  }
  const first = replies.find(isAnswer);
  if (first === undefined) return;
  sums.answered += 1;
  sums.right += Number(replies.some(right));
  sums.graded += Number(replies.some(graded));
  sums.reminded += Number(first.reminded === true);
  if (first.afterMs !== undefined) sums.seconds.push(first.afterMs / 1_000);
};

const sumsOf = (prompts: Map<string, Sums>, prompt: string): Sums => {
  const sums = prompts.get(prompt) ?? nothing();
  prompts.set(prompt, sums);
  return sums;
};

const addRun = (prompts: Map<string, Sums>, run: DrillRun): void => {
  const answers = answersIn(run);
  const put = ownPrompts(run);
  const lastWord = lastWordOf(run);
  for (const [place, prompt] of put.entries()) {
    const { places } = sumsOf(prompts, prompt);
    places.sum += place;
    places.times += 1;
  }
  for (const prompt of new Set(put)) {
    const sums = sumsOf(prompts, prompt);
    sums.reached += 1;
    addReplies(sums, answers.get(prompt) ?? []);
    sums.ended += Number(prompt === lastWord);
    const first = firstGraded(answers, prompt);
    if (first !== undefined) addItem(sums, first, restOf(run, answers, prompt));
  }
};

const figuresOf = ([prompt, sums]: [string, Sums]): Omit<QuestionFigures, keyof DropOff> => ({
  prompt,
  reached: sums.reached,
  answered: sums.answered,
  ...(sums.cells.size > 0 && {
    item: itemFigures(merge([[...sums.cells.values()]]), {
      options: [...sums.options].sort(),
      key: sums.key,
    }),
  }),
  rightInTheEnd: rate(sums.right, sums.graded),
  afterReminder: rate(sums.reminded, sums.answered),
  unclear: sums.unclear,
  ...(sums.key !== null && { key: sums.key }),
  ended: sums.ended,
  seconds: { median: median(sums.seconds), p90: percentile(sums.seconds, 90) },
});

const meanPlace = ({ places: { sum, times } }: Sums): number => sum / times;

/* In the order in which they are put, as far as branches have one: by the mean place at which runs came to them. */
const questionsOf = ({ prompts, ...way }: Way<Sums>): DrillQuestions => ({
  ...way,
  questions: funnel(
    [...prompts].sort(([, one], [, other]) => meanPlace(one) - meanPlace(other)).map(figuresOf),
  ),
});

/**
 * The questions of a drill, from its runs, none of which is kept. Those from before replies were kept are left out.
 */
export const drillQuestions = async (runs: AsyncIterable<DrillRun>): Promise<readonly DrillQuestions[]> =>
  (await foldByContent(runs, addRun)).map(questionsOf);
