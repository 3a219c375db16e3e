import { correlationInterval, type Interval } from './interval';
import { flagsOf, type Item, type ItemFlag } from './item-flags';
import { measureItem, type ItemMeasures, type OptionMeasures } from './item-measures';
import type { ItemTable } from './item-table';
import { countsAlone, rate, type Rate } from './rate';

/**
 * How much may be said of an item: counts alone below 10 answers; with 10, rates; with 30 of a known rest score,
 * correlations, which are provisional; with 100, flags.
 */
export type ItemGrade = 'countsOnly' | 'ratesOnly' | 'provisional' | 'full';

export type OptionFigures = {
  readonly option: string | null;
  readonly picked: Rate;
  readonly correlation: number | null;
  readonly meanRest: number | null;
};

/** What may be shown of an item. What too few stand behind, or what does not vary, is `null`. */
export type ItemFigures = {
  readonly grade: ItemGrade;
  readonly answers: number;
  /** The answers that discrimination rests on. */
  readonly complete: number;
  readonly facility: Rate;
  /** Corrected: being right with the rest score, −1 to 1. */
  readonly discrimination: number | null;
  readonly interval: Interval | null;
  /** Discrimination as a share of what it could be at most with these scores. */
  readonly efficiency: number | null;
  readonly options: readonly OptionFigures[];
  readonly flags: readonly ItemFlag[];
};

const forRates = 10;
const forCorrelations = 30;
const forFlags = 100;

const gradeOf = ({ answers, complete }: ItemMeasures): ItemGrade => {
  if (answers < forRates) return 'countsOnly';
  if (complete < forCorrelations) return 'ratesOnly';
  return complete < forFlags ? 'provisional' : 'full';
};

type Shown = {
  readonly rateOf: (count: number, of: number) => Rate;
  readonly correlation: (value: number | null) => number | null;
};

const nothing = (): null => null;
const asIs = (value: number | null): number | null => value;

const shownAt: Readonly<Record<ItemGrade, Shown>> = {
  countsOnly: { rateOf: countsAlone, correlation: nothing },
  ratesOnly: { rateOf: rate, correlation: nothing },
  provisional: { rateOf: rate, correlation: asIs },
  full: { rateOf: rate, correlation: asIs },
};

const figuresOfOption = (
  { option, count, correlation, meanRest }: OptionMeasures,
  answers: number,
  shown: Shown,
): OptionFigures => ({
  option,
  picked: shown.rateOf(count, answers),
  correlation: shown.correlation(correlation),
  meanRest: shown.correlation(meanRest),
});

/** The figures of one prompt. Every screen, file and answer of the API shows these and no others. */
export const itemFigures = (table: ItemTable, item: Item): ItemFigures => {
  const measures = measureItem(table, item.options);
  const { answers, complete, right, options } = measures;
  const grade = gradeOf(measures);
  const shown = shownAt[grade];
  const discrimination = shown.correlation(measures.discrimination);
  return {
    grade,
    answers,
    complete,
    facility: shown.rateOf(right, answers),
    discrimination,
    interval: discrimination === null ? null : correlationInterval(discrimination, complete),
    efficiency: shown.correlation(measures.efficiency),
    options: options.map((option) => figuresOfOption(option, answers, shown)),
    flags: grade === 'full' ? flagsOf(measures, item) : [],
  };
};
