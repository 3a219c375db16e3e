import { shown, tableOf } from '../kit';
import { docsColumn } from './docs-column';
import type { Result, Stretch } from './result';
import { compare, comparisonTable } from './sizing/compare';
import { measured } from './sizing/measured';
import type { Spread } from './waits';

const ms = (value: number | null): string => (value === null ? 'none' : `${shown(value)} ms`);

const whole = (value: number): string => Math.round(value).toLocaleString('en-US');

const countsOf = (result: Result): string =>
  tableOf(
    ['what', 'value'],
    [
      ['trainees', whole(result.trainees)],
      ['processes of each service', String(result.replicas)],
      ['drills due at', result.startedAt],
      ['drills started', whole(result.drillsStarted)],
      ['trainees without a drill', whole(result.withoutDrill)],
      ['conversations finished', whole(result.conversationsFinished)],
      ['texts in', whole(result.textsIn)],
      ['texts out', whole(result.textsOut)],
      ['texts out that expired', whole(result.textsExpired)],
      ['seconds until nothing was left to do', whole(result.daySeconds)],
      ['texts a second, in and out, sustained', result.full === null ? 'none' : shown(result.full.perSecond)],
    ],
  );

const spreadRow = (name: string, { count, p50, p99, worst }: Spread): readonly string[] => [
  name,
  whole(count),
  ms(p50),
  ms(p99),
  ms(worst),
];

const stretchRow = (name: string, stretch: Stretch | null): readonly (readonly string[])[] =>
  stretch === null ? [] : [spreadRow(`${name}, ${shown(stretch.perSecond)} texts a second`, stretch.waits)];

const waitsOf = ({ idle, half, full, trickle, lateness }: Result): string =>
  tableOf(
    ['from a text to its reply at the carrier', 'count', 'p50', 'p99', 'worst'],
    [
      ...stretchRow('idle', idle),
      ...stretchRow('half', half),
      ...stretchRow('full', full),
      ...(full === null ? [] : [spreadRow('full: behind none of their own', full.alone)]),
      ...stretchRow('trickle', trickle && trickle.stretch),
      ...(trickle === null ? [] : [spreadRow('trickle: from the decision', trickle.sent)]),
      spreadRow('after nine: the drill begun', lateness.begun),
      spreadRow('after nine: its first text handed over', lateness.handedOver),
    ],
  );

const costsOf = ({ costs, drillsStarted, daySeconds }: Result): string =>
  tableOf(
    ['process', 'CPU s per 1,000 drills', '% of a core', 'most MB'],
    costs.map(({ name, cpuSeconds, peakMb }) => [
      name,
      shown((cpuSeconds * 1_000) / drillsStarted),
      shown((cpuSeconds * 100) / daySeconds),
      whole(peakMb),
    ]),
  );

const bytesOf = ({ topicBytes, documentBytes, drillsStarted }: Result): string =>
  tableOf(
    ['topic or collection', 'bytes per drill'],
    [...Object.entries(topicBytes), ...Object.entries(documentBytes)].map(([name, bytes]) => [
      name,
      whole(bytes / drillsStarted),
    ]),
  );

const foretoldOf = (result: Result): string =>
  comparisonTable(
    compare(
      result,
      measured.map(({ figures }) => figures),
    ),
  );

const columnOf = (result: Result): string =>
  tableOf(
    ['of the table in docs/benchmarks.md', `${whole(result.trainees)} trainees`],
    docsColumn(result).map((row) => [...row]),
  );

const isLeft = ({ left }: Result): boolean => Object.values(left).some((count) => count > 0);

const leftLine = ({ left }: Result): string =>
  `left to do: ${Object.entries(left)
    .map(([name, count]) => `${name} ${whole(count)}`)
    .join(', ')}`;

const mostShown = 20;

const violationLines = ({ violations }: Result): readonly string[] => [
  violations.length === 0 ? 'no invariant is broken' : `${violations.length} violations of invariants`,
  ...violations
    .slice(0, mostShown)
    .map(({ invariant, phone, detail }) => `${invariant} ${phone ?? ''} ${detail}`),
];

/** Whether all was as promised: every invariant holds, and nothing is left to do. */
export const isSound = (result: Result): boolean => result.violations.length === 0 && !isLeft(result);

/** A day for people, in tables of plain text. */
export const reportOf = (result: Result): string =>
  [
    countsOf(result),
    waitsOf(result),
    costsOf(result),
    bytesOf(result),
    foretoldOf(result),
    columnOf(result),
    [leftLine(result), ...violationLines(result)].join('\n'),
  ].join('\n\n');
