import type { Violation } from '../invariants';
import { maskPhone } from '@stopcovid/runtime';
import type { Measure } from './round';

const columns = ['recipe', 'accepted', 'decided', 'sent', 'worked again', 'longest silence', 'of'] as const;

const ms = (value: number | undefined): string => (value === undefined ? '-' : `${value} ms`);

const rowOf = (measure: Measure): readonly string[] => [
  measure.recipe,
  String(measure.accepted),
  String(measure.decided),
  String(measure.sent),
  ms(measure.workedAgainMs),
  ms(measure.longestSilenceMs),
  measure.silentPlace,
];

/** Rows of cells, the heads first, as lines with their columns below one another. */
export const columnsOf = (rows: readonly (readonly string[])[]): readonly string[] => {
  const widths = (rows[0] ?? []).map((_, index) => Math.max(...rows.map((row) => row[index]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd(),
  );
};

/** The measures as lines of a table. */
export const tableOf = (measures: readonly Measure[]): readonly string[] =>
  columnsOf([columns, ...measures.map(rowOf)]);

/** A violation without the phone number of anybody, not even a made-up one. */
export const violationLine = ({ invariant, phone, detail }: Violation): string =>
  [invariant, ...(phone === undefined ? [] : [maskPhone(phone)]), detail]
    .join(' ')
    .replaceAll(/\+\d{7,15}/g, (found) => maskPhone(found));
