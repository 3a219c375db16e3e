import {
  funnel,
  itemFigures,
  median,
  percentile,
  rate,
  tally,
  type DropOff,
  type FunnelStep,
  type ItemAnswer,
  type ItemFigures,
  type Rate,
} from '@stopcovid/statistics';
import { groupBy } from '../group-by';
import { isAnswer, ownPrompts } from './run-facts';
import type { DrillRun } from '../progress/drill-run';
import type { JudgedReply } from '../progress/judged-reply';

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
    readonly seconds: { readonly median: number | null; readonly p90: number | null };
  };

/** The questions of one revision of a drill, in one language: two revisions are never pooled. */
export type DrillQuestions = {
  readonly revision: string;
  readonly language: string;
  readonly runs: number;
  readonly questions: readonly QuestionFigures[];
};

type Answers = ReadonlyMap<string, readonly JudgedReply[]>;

type Told = { readonly run: DrillRun; readonly answers: Answers };

const graded = ({ verdict }: JudgedReply): boolean => verdict === 'right' || verdict === 'wrong';

const told = (run: DrillRun): Told => ({
  run,
  answers: groupBy(
    (run.replies ?? []).filter(({ repeatOf }) => repeatOf === undefined),
    ({ prompt }) => prompt,
  ),
});

/** First attempts alone say how hard a question is: later ones know what was wrong. */
const firstGraded = (answers: Answers, prompt: string): JudgedReply | undefined => {
  const first = answers.get(prompt)?.find(isAnswer);
  return first !== undefined && graded(first) ? first : undefined;
};

const restOf = ({ run, answers }: Told, without: string): number | null => {
  if (run.status !== 'completed') return null;
  return [...answers.keys()].filter(
    (prompt) => prompt !== without && firstGraded(answers, prompt)?.verdict === 'right',
  ).length;
};

const itemAnswers = (runs: readonly Told[], prompt: string): readonly ItemAnswer[] =>
  runs.flatMap((each) => {
    const first = firstGraded(each.answers, prompt);
    if (first === undefined) return [];
    const right = first.verdict === 'right';
    return [{ option: first.option ?? null, right, rest: restOf(each, prompt) }];
  });

const keyOf = (replies: readonly JudgedReply[]): string | null =>
  replies.find(({ verdict, option }) => verdict === 'right' && option !== undefined)?.option ?? null;

const optionsOf = (replies: readonly JudgedReply[]): readonly string[] =>
  [...new Set(replies.flatMap(({ option }) => (option === undefined ? [] : [option])))].sort();

const figuresOf = (runs: readonly Told[], prompt: string): Omit<QuestionFigures, keyof DropOff> => {
  const reached = runs.filter(({ run }) => ownPrompts(run).includes(prompt));
  const replies = reached.map(({ answers }) => answers.get(prompt) ?? []);
  const answered = replies.filter((own) => own.some(isAnswer));
  const firsts = answered.flatMap((own) => own.find(isAnswer) ?? []);
  const seconds = firsts.flatMap(({ afterMs }) => (afterMs === undefined ? [] : [afterMs / 1_000]));
  const items = itemAnswers(reached, prompt);
  const all = replies.flat();
  return {
    prompt,
    reached: reached.length,
    answered: answered.length,
    ...(items.length > 0 && {
      item: itemFigures(tally(items), { options: optionsOf(all), key: keyOf(all) }),
    }),
    rightInTheEnd: rate(
      answered.filter((own) => own.some(({ verdict }) => verdict === 'right')).length,
      answered.filter((own) => own.some(graded)).length,
    ),
    afterReminder: rate(firsts.filter(({ reminded }) => reminded === true).length, firsts.length),
    unclear: all.filter(({ verdict }) => verdict === 'unclear').length,
    seconds: { median: median(seconds), p90: percentile(seconds, 90) },
  };
};

/** In the order in which they are put, as far as branches have one: by the mean place at which runs came to them. */
const promptsIn = (runs: readonly Told[]): readonly string[] => {
  const places = new Map<string, { readonly sum: number; readonly times: number }>();
  for (const { run } of runs)
    for (const [place, prompt] of ownPrompts(run).entries()) {
      const { sum, times } = places.get(prompt) ?? { sum: 0, times: 0 };
      places.set(prompt, { sum: sum + place, times: times + 1 });
    }
  return [...places].sort(([, a], [, b]) => a.sum / a.times - b.sum / b.times).map(([prompt]) => prompt);
};

/** The questions of a drill, from its runs. Those from before replies were kept are left out. */
export const drillQuestions = (runs: Iterable<DrillRun>): readonly DrillQuestions[] => {
  const whole = [...runs].filter(({ replies }) => replies !== undefined).map(told);
  const groups = groupBy(whole, ({ run }) => JSON.stringify([run.revision, run.groups?.language]));
  return [...groups.values()].map((own) => ({
    revision: own[0].run.revision,
    language: own[0].run.groups?.language ?? '',
    runs: own.length,
    questions: funnel(promptsIn(own).map((prompt) => figuresOf(own, prompt))),
  }));
};
