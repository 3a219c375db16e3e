import { decodeLogRecord, type CommandId, type Phone } from '@stopcovid/contracts';
import {
  answersIn,
  checkHistory,
  chronicleOf,
  firstOf,
  type Chronicle,
  type History,
  type Violation,
} from '@stopcovid/faults';
import type { Written } from './pages';
import { topicSizes, type Sizes } from './stored';
import { alone, isIn, waitsIn, type Span } from './waits';

/** A drill that began: when, and when its first text was handed over. */
export type Start = { readonly phone: Phone; readonly at: number; readonly handedAt: number | undefined };

const stretchNames = ['idle', 'half', 'full', 'trickle'] as const;
export type StretchName = (typeof stretchNames)[number];

/** When the day was, and the parts of it in which waits are counted; null for one that there was not. */
export type Spans = {
  readonly day: Span;
  readonly stretches: Readonly<Record<StretchName, Span | null>>;
};

/** What some phones left behind, and what they wrote. */
export type Seen = { readonly history: History; readonly written: readonly Written[] };

type Answers = ReadonlyMap<CommandId, { readonly at: number }>;
type Batch = ReturnType<typeof firstOf>[number]['batch'];

const batchesIn = function* (chronicle: Chronicle): Generator<Batch> {
  for (const told of chronicle.values()) for (const { batch } of firstOf(told)) yield batch;
};

const expiredIn = ({ smsLog }: History): number =>
  smsLog.filter(({ value }) => {
    const read = value === null ? undefined : decodeLogRecord(value);
    return read?.ok && read.value.type === 'SmsSent' && read.value.error?.code === 'EXPIRED';
  }).length;

/** What is counted of a day, some phones after the others: of each only numbers are kept. */
export class Tally {
  finished = 0;
  textsIn = 0;
  textsOut = 0;
  /** Texts that were not handed over any more because their time was over. */
  expired = 0;
  /** Those of the day. */
  readonly starts: Start[] = [];
  /** How long texts waited, by the part of the day that they were written in; milliseconds. */
  readonly waits: Readonly<Record<StretchName, number[]>> = { idle: [], half: [], full: [], trickle: [] };
  /** The same at full load, of texts that no other of their phone stood before. */
  readonly waitsAlone: number[] = [];
  /** How long after it was decided each batch of the trickle had its first text handed over; milliseconds. */
  readonly sent: number[] = [];
  readonly violations: Violation[] = [];
  readonly #topicBytes = new Map<string, number>();

  constructor(private readonly spans: Spans) {}

  /** The day's bytes. */
  get topicBytes(): Sizes {
    return this.#topicBytes;
  }

  /** Counts some phones, and asks the invariants of them. */
  take({ history, written }: Seen): void {
    const chronicle = chronicleOf(history.events);
    const answers: Answers = answersIn(history, chronicle);
    const isOfDay = isIn(this.spans.day);
    this.textsIn += written.filter(isOfDay).length;
    this.textsOut += history.carrier.filter(isOfDay).length;
    this.expired += expiredIn(history);
    this.#takeWaits(written, answers);
    for (const batch of batchesIn(chronicle)) this.#takeBatch(batch, answers);
    for (const [topic, bytes] of topicSizes(history, this.spans.day))
      this.#topicBytes.set(topic, (this.#topicBytes.get(topic) ?? 0) + bytes);
    for (const violation of checkHistory(history)) this.violations.push(violation);
  }

  #takeWaits(written: readonly Written[], answers: Answers): void {
    for (const name of stretchNames) {
      const span = this.spans.stretches[name];
      if (span !== null) for (const ms of waitsIn(written, answers, span)) this.waits[name].push(ms);
    }
    const { full } = this.spans.stretches;
    if (full === null) return;
    for (const ms of waitsIn(alone(written, answers), answers, full)) this.waitsAlone.push(ms);
  }

  #takeBatch({ at: decided, commandId, phone, events }: Batch, answers: Answers): void {
    const { day, stretches } = this.spans;
    const at = Date.parse(decided);
    const handedAt = answers.get(commandId)?.at;
    if (handedAt !== undefined && stretches.trickle !== null && isIn(stretches.trickle)({ at }))
      this.sent.push(handedAt - at);
    if (!isIn(day)({ at })) return;
    for (const { type } of events) {
      if (type === 'DrillStarted') this.starts.push({ phone, at, handedAt });
      if (type === 'DrillCompleted') this.finished += 1;
    }
  }
}
