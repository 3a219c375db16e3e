import type { CommandId, Phone } from '@stopcovid/contracts';
import { percentile } from '@stopcovid/statistics';
import type { Written } from './pages';

/** Times in milliseconds. */
export type Spread = {
  readonly count: number;
  readonly p50: number | null;
  readonly p99: number | null;
  readonly worst: number | null;
};

/** How values lie. */
export const spreadOf = (values: readonly number[]): Spread => ({
  count: values.length,
  p50: percentile(values, 50),
  p99: percentile(values, 99),
  worst: percentile(values, 100),
});

export type Span = { readonly from: number; readonly to: number };

/** Whether something is of a span, its ends included. */
export const isIn =
  ({ from, to }: Span) =>
  ({ at }: { readonly at: number }): boolean =>
    from <= at && at <= to;

/** How long each text of a span waited until the carrier had the first text of its answer; unanswered ones left out. */
export const waitsIn = (
  written: readonly Written[],
  answers: ReadonlyMap<CommandId, { readonly at: number }>,
  span: Span,
): readonly number[] =>
  written.filter(isIn(span)).flatMap(({ commandId, at }) => {
    const answer = answers.get(commandId);
    return answer === undefined ? [] : [answer.at - at];
  });

/**
 * The texts whose phone had nothing else to be answered as it wrote them, in the order of `written`, which is that of
 * each phone's. Who texts five times at once waits for four answers of their own, however soon each of them comes.
 */
export const alone = (
  written: readonly Written[],
  answers: ReadonlyMap<CommandId, { readonly at: number }>,
): readonly Written[] => {
  const answeredAt = new Map<Phone, number>();
  return written.filter(({ commandId, from, at }) => {
    const before = answeredAt.get(from) ?? 0;
    answeredAt.set(from, Math.max(before, answers.get(commandId)?.at ?? 0));
    return before <= at;
  });
};

/**
 * The middle of what came over a span: from when a tenth of it had come until nine tenths had, so that neither the
 * start nor the tail counts. `null` without anything.
 */
export const middleOf = (times: readonly number[], span: Span): Span | null => {
  const own = times.filter((at) => span.from <= at && at <= span.to);
  const [from, to] = [percentile(own, 10), percentile(own, 90)];
  return from === null || to === null || from === to ? null : { from, to };
};

/** How many of these times are of a span. */
export const countIn = (times: readonly number[], { from, to }: Span): number =>
  times.reduce((count, at) => count + Number(from <= at && at <= to), 0);

/** How many a second there are in a span. */
export const rateIn = (times: readonly number[], span: Span): number =>
  (countIn(times, span) * 1_000) / (span.to - span.from);
