import {
  countedMedian,
  countedPercentile,
  funnel,
  itemFigures,
  merge,
  rate,
  type Counted,
  type DropOff,
  type FunnelStep,
  type ItemCell,
  type ItemFigures,
  type Rate,
} from '@stopcovid/statistics';
import {
  promptsInOrder,
  type Content,
  type ContentTable,
  type Prompted,
  type QuestionTable,
} from './question-table';

/**
 * What is asked of the replies to one prompt. Times are in whole seconds, from 1,000 on with three digits;
 * repeats of earlier drills are not in it.
 */
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

const cellsOf = ({ firsts }: QuestionTable): readonly ItemCell[] =>
  [...firsts].map(([name, count]) => {
    const [option, right, rest] = JSON.parse(name) as [string | null, boolean, number | null];
    return { option, right, rest, count };
  });

/* A drill has one, unless it was judged by something else than its options; then it is the most frequent. */
const keyOf = ({ keyed }: QuestionTable): string | null => {
  const [most] = [...keyed].sort(
    ([option, count], [other, otherCount]) => otherCount - count || (option < other ? -1 : 1),
  );
  return most?.[0] ?? null;
};

const secondsIn = ({ seconds }: QuestionTable): QuestionFigures['seconds'] => {
  const counted = [...seconds].map(([value, count]): Counted => [Number(value), count]);
  return { median: countedMedian(counted), p90: countedPercentile(counted, 90) };
};

const figuresOf = ([prompt, table]: Prompted): Omit<QuestionFigures, keyof DropOff> => {
  const key = keyOf(table);
  return {
    prompt,
    reached: table.reached,
    answered: table.answered,
    ...(table.firsts.size > 0 && {
      item: itemFigures(merge([cellsOf(table)]), { options: [...table.named.keys()].sort(), key }),
    }),
    rightInTheEnd: rate(table.right, table.graded),
    afterReminder: rate(table.reminded, table.answered),
    unclear: table.unclear,
    ...(key !== null && { key }),
    ended: table.ended,
    seconds: secondsIn(table),
  };
};

/** The questions of a drill, by its contents. */
export const drillQuestions = (contents: readonly ContentTable[]): readonly DrillQuestions[] =>
  contents.map((content) => ({
    revision: content.revision,
    language: content.language,
    runs: content.runs,
    questions: funnel(promptsInOrder(content).map(figuresOf)),
  }));
