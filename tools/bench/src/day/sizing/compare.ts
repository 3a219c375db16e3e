import { shown, tableOf } from '../../kit/table';
import {
  constantsOf,
  cpuSecondsOf,
  memoryOf,
  parts,
  phonesOf,
  processesOf,
  services,
  textsOf,
  workOf,
  type Constants,
  type Figures,
  type Part,
} from './constants';
import { cpuWhenFull } from './cpu';
import { memoryAt } from './model';

/** How far a prediction may be from what was measured, as a part of that. */
export const mayDeviate = 0.25;

/** One figure of a day, as others foretold it and as it was. */
export type Comparison = {
  readonly what: string;
  readonly predicted: number;
  readonly measured: number;
  /** As a part of what was measured; above 0 the model asks for too much. */
  readonly deviation: number;
  readonly verdict: 'within' | 'beyond';
};

const comparison = (what: string, predicted: number, measured: number): Comparison => {
  const deviation = predicted / measured - 1;
  return {
    what,
    predicted,
    measured,
    deviation,
    verdict: Math.abs(deviation) <= mayDeviate ? 'within' : 'beyond',
  };
};

const total = (bytes: Readonly<Record<string, number>>): number =>
  Object.values(bytes).reduce((sum, value) => sum + value, 0);

/* Of the middle of the day, at the rate that it sustained. */
const cpuSecondsFor = (day: Figures, part: Part, { cpu }: Constants): number => {
  const processes = processesOf(day, part);
  const { texts, seconds } = workOf(day);
  return cpuWhenFull(cpu[part], texts / seconds / processes) * seconds * processes;
};

const cpuOf = (day: Figures, constants: Constants): readonly Comparison[] =>
  parts.map((part) =>
    comparison(`CPU s of ${part}`, cpuSecondsFor(day, part, constants), cpuSecondsOf(workOf(day), part)),
  );

const memoriesOf = (day: Figures, constants: Constants): readonly Comparison[] =>
  services.map((service) =>
    comparison(
      `most MB of ${service}`,
      memoryAt(constants.memoryMb[service], phonesOf(day)),
      memoryOf(day, service),
    ),
  );

const bytesOf = (day: Figures, constants: Constants): readonly Comparison[] => [
  comparison('bytes on topics', total(constants.topicBytesPerText) * textsOf(day), total(day.topicBytes)),
  comparison(
    'bytes in documents',
    total(constants.documentBytesPerText) * textsOf(day) +
      total(constants.documentBytesPerPhone) * day.trainees,
    total(day.documentBytes),
  ),
];

/** What other days, at least one, foretell of a day, beside what was measured. */
export const compare = (day: Figures, others: readonly Figures[]): readonly Comparison[] => {
  const constants = constantsOf(others);
  return [...cpuOf(day, constants), ...memoriesOf(day, constants), ...bytesOf(day, constants)];
};

/** A deviation as people read it: `+12 %`. */
export const percentOf = (deviation: number): string => {
  const percent = Math.round(deviation * 100);
  return `${percent < 0 ? '−' : '+'}${Math.abs(percent)} %`;
};

/** A comparison for people, in a table of plain text. */
export const comparisonTable = (rows: readonly Comparison[]): string =>
  tableOf(
    ['by the model of docs/sizing.md', 'predicted', 'measured', 'deviation', `of ${mayDeviate * 100} %`],
    rows.map(({ what, predicted, measured, deviation, verdict }) => [
      what,
      shown(predicted),
      shown(measured),
      percentOf(deviation),
      verdict,
    ]),
  );
