import { topics } from '@stopcovid/contracts';
import type { Load } from '../result';
import { parts, type Figures } from './constants';

type Played = {
  readonly trainees: number;
  /** By how much dearer than usual its CPU was. */
  readonly dearer?: number;
  readonly extraMb?: number;
};

/** A made-up day: 4 texts in and 6 out for each, 2 ms of each part a text, 200 MB, 1,000 bytes in each place a text, and 500 in one of each phone. */
export const dayOf = ({ trainees, dearer = 1, extraMb = 0 }: Played): Figures => {
  const texts = trainees * 10;
  const nothing = { count: 0, p50: null, p99: null, worst: null };
  return {
    trainees,
    replicas: 1,
    drillsStarted: trainees,
    textsIn: trainees * 4,
    textsOut: trainees * 6,
    daySeconds: trainees / 10,
    idle: { perSecond: 0, waits: nothing },
    rest: null,
    halfLoad: null,
    fullLoad: null,
    trickle: null,
    costs: parts.map((part) => ({
      name: part === 'Kafka' || part === 'database' ? part : `${part} 1`,
      cpuSeconds: texts * 0.002 * dearer,
      peakMb: 200 + extraMb,
    })),
    topicBytes: Object.fromEntries(Object.values(topics).map((topic) => [topic, texts * 1_000])),
    documentBytes: { messages: texts * 1_000, dialogs: trainees * 500 },
  };
};

/** So many seconds in which so many texts came and went, and each part took such a share of a core. */
export const spell = (seconds: number, texts: number, share: number): Load => ({
  seconds,
  texts,
  costs: dayOf({ trainees: 1 }).costs.map((cost) => ({ ...cost, cpuSeconds: seconds * share })),
});

/** The same day, on which each part took so many CPU seconds. */
export const withCpu = (day: Figures, cpuSeconds: number): Figures => ({
  ...day,
  costs: day.costs.map((cost) => ({ ...cost, cpuSeconds })),
});
