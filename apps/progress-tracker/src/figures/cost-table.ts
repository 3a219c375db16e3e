import type { LocalDate } from '@stopcovid/calendar';
import { addedUp } from '../messages/billed';
import type { CostFilter, CostGroup, CostSums, MessageStore } from '../messages/message-store';
import { inLines, isOfRuns, keysFor, textKeysFor, type Line, type TextGrouping } from './lines';
import type { CountedGroup, RunFigures, RunFilter } from './run-figures';

/** What the carrier charged for so many of the texts, in one currency. */
export type BilledAmount = { readonly currency: string; readonly amount: number; readonly messages: number };

/**
 * What texts came to. `cost` is segments at the price of one, in its currency: `null` without a price. `completed` drills
 * are those of the same group whose runs began in these days: `null` where runs have no such group.
 */
export type Costs = Omit<CostSums, 'billed'> & {
  /** By currency: amounts of two are never added. */
  readonly billed: readonly BilledAmount[];
  readonly cost: number | null;
  readonly completed: number | null;
  readonly perCompleted: number | null;
};

export type CostLine = { readonly group: Line } & Costs;

/** `total` is all of it, once. */
export type CostTable = { readonly lines: readonly CostLine[]; readonly total: Costs };

/** What costs are told from; the price is of one segment. */
export type CostSources = {
  readonly messages: Pick<MessageStore, 'costs'>;
  readonly figures: Pick<RunFigures, 'counts'>;
  readonly segmentPrice: number | undefined;
};

/** Which texts are asked for, and what has a line of its own. */
export type CostQuestion = { readonly filter: CostFilter; readonly by: readonly TextGrouping[] };

type Part = { readonly texts: CostGroup } | { readonly runs: CountedGroup };

/* Prices have four digits behind the point at the most; what floating point adds behind them is nothing. */
const money = (amount: number): number => Math.round(amount * 10_000) / 10_000;

const sumOf = (parts: readonly Part[], of: (part: Part) => number): number =>
  parts.reduce((sum, part) => sum + of(part), 0);
const textsIn = (name: 'messages' | 'segments' | 'unmeasured') => (part: Part) =>
  'texts' in part ? part.texts.sums[name] : 0;
const billedIn = (parts: readonly Part[]): readonly BilledAmount[] =>
  addedUp(parts.flatMap((part) => ('texts' in part ? part.texts.sums.billed : []))).map(
    ({ currency, millionths, messages }) => ({ currency, amount: millionths / 1_000_000, messages }),
  );
const completedIn = (part: Part): number => ('runs' in part ? part.runs.counts.completed : 0);

/* Drills of which the log knows no text did not come for nothing: nobody knows what they cost. */
const perCompletedOf = ({ messages, cost, completed }: Omit<Costs, 'perCompleted'>): number | null =>
  messages === 0 || cost === null || !completed ? null : money(cost / completed);

type Priced = { readonly segmentPrice: number | undefined; readonly withRuns: boolean };

const costsOf = (parts: readonly Part[], { segmentPrice, withRuns }: Priced): Costs => {
  const segments = sumOf(parts, textsIn('segments'));
  const cost = segmentPrice === undefined ? null : money(segments * segmentPrice);
  const completed = withRuns ? sumOf(parts, completedIn) : null;
  const sums = {
    messages: sumOf(parts, textsIn('messages')),
    segments,
    unmeasured: sumOf(parts, textsIn('unmeasured')),
    cost,
    billed: billedIn(parts),
    completed,
  };
  return { ...sums, perCompleted: perCompletedOf(sums) };
};

/** The runs to whose texts a filter narrows; undefined where it asks what runs do not know. */
const runsLike = ({ direction, channel, kind, from, until, ...same }: CostFilter): RunFilter | undefined =>
  [direction, channel, kind].every((each) => each === undefined)
    ? { ...same, ...(from && { from: from as LocalDate }), ...(until && { until: until as LocalDate }) }
    : undefined;

const partsOf = async (
  { messages, figures }: CostSources,
  { filter, by }: CostQuestion,
  runs: RunFilter | undefined,
): Promise<readonly Part[]> => {
  const [texts, counted] = await Promise.all([
    messages.costs(filter, textKeysFor(by)),
    runs === undefined ? [] : figures.counts(runs, keysFor(by.filter(isOfRuns))),
  ]);
  return [...texts.map((each) => ({ texts: each })), ...counted.map((each) => ({ runs: each }))];
};

const nameOf = (part: Part) => ('texts' in part ? part.texts.name : part.runs.name);

/** What texts cost, a line for each group in which there was any, in the order of their names. */
export const costTable = async (sources: CostSources, question: CostQuestion): Promise<CostTable> => {
  const { filter, by } = question;
  const { segmentPrice } = sources;
  const runs = runsLike(filter);
  const ofLines = by.every(isOfRuns) ? runs : undefined;
  const [parts, all] = await Promise.all([
    by.length === 0 ? [] : partsOf(sources, question, ofLines),
    partsOf(sources, { filter, by: [] }, runs),
  ]);
  return {
    lines: inLines(parts, nameOf, by).map((line) => ({
      group: line.group,
      ...costsOf(line.parts, { segmentPrice, withRuns: ofLines !== undefined }),
    })),
    total: costsOf(all, { segmentPrice, withRuns: runs !== undefined }),
  };
};
