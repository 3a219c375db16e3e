import { shown } from '../kit';
import type { Load, Result } from './result';
import { cpuSecondsOf, memoryOf, services, type Part } from './sizing/constants';
import type { Spread } from './waits';

const whole = (value: number): string => Math.round(value).toLocaleString('en-US');
const total = (bytes: Readonly<Record<string, number>>): number =>
  Object.values(bytes).reduce((sum, value) => sum + value, 0);

const ms = ({ p50, p99 }: Spread): string =>
  [p50, p99].map((value) => whole(value ?? NaN)).join(', ') + ' ms';

type Place = 'p50' | 'p99' | 'worst';
const seconds = (spread: Spread, places: readonly Place[]): string =>
  `${places.map((place) => ((spread[place] ?? NaN) / 1_000).toFixed(1)).join(', ')} s`;

const perDrills = (result: Result, parts: readonly (Part | 'carrier-emulator')[]): string =>
  parts.map((part) => whole((cpuSecondsOf(result, part) * 1_000) / result.drillsStarted)).join(', ');

const percentIn = (load: Load | null): string =>
  load === null
    ? 'not measured'
    : [...services, 'Kafka' as const, 'database' as const]
        .map((part) => shown((cpuSecondsOf(load, part) * 100) / load.seconds))
        .join(', ');

/** A day as a column of the table in docs/benchmarks.md: figures and what they are. */
export const docsColumn = (result: Result): readonly (readonly [figure: string, value: string])[] => {
  const { drillsStarted, textsIn, textsOut, full, idle, half, rest, trickle, lateness } = result;
  return [
    ['drills begun, texts in, texts out', [drillsStarted, textsIn, textsOut].map(whole).join(', ')],
    ['texts a second, in and out, sustained', full === null ? 'none' : whole(full.perSecond)],
    ['a text to its reply at the carrier: idle, p50, p99', ms(idle.waits)],
    ['the same at half of the sustained load', half === null ? 'not measured' : ms(half.waits)],
    [
      'the same at full load, p50, p99, worst',
      full === null ? 'none' : seconds(full.waits, ['p50', 'p99', 'worst']),
    ],
    [
      'the same, behind no other text of their own',
      full === null ? 'none' : seconds(full.alone, ['p50', 'p99', 'worst']),
    ],
    ['after nine: the drill begun, p50, worst', seconds(lateness.begun, ['p50', 'worst'])],
    ['after nine: its first text handed over, p50, worst', seconds(lateness.handedOver, ['p50', 'worst'])],
    ['CPU s per 1,000 drills: ingress, engine, sender, tracker', perDrills(result, services)],
    ['the same: Kafka, database, emulator', perDrills(result, ['Kafka', 'database', 'carrier-emulator'])],
    ['a trickle: texts a second in and out', trickle === null ? 'none' : shown(trickle.stretch.perSecond)],
    ['a text to its reply in it, p50, p99', trickle === null ? 'none' : ms(trickle.stretch.waits)],
    ['the same from the decision on', trickle === null ? 'none' : ms(trickle.sent)],
    [
      '% of a core in it: ingress, engine, sender, tracker, Kafka, database',
      percentIn(trickle && trickle.load),
    ],
    ['% of a core at rest: ingress, engine, sender, tracker, Kafka, database', percentIn(rest)],
    [
      'most MB: ingress, engine, sender, tracker',
      services.map((service) => whole(memoryOf(result, service))).join(', '),
    ],
    [
      'bytes per drill: topics, documents',
      [result.topicBytes, result.documentBytes]
        .map((bytes) => whole(total(bytes) / drillsStarted))
        .join(', '),
    ],
  ];
};
