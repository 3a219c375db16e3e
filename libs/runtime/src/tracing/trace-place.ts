import { createHash } from 'node:crypto';

/**
 * Where on the way of a command something happens: at the record of the command itself, or behind it by these steps. All
 * ids of traces follow from that, so nothing has to be stored or handed on to know them.
 */
export type TracePlace = { readonly command: string; readonly steps?: readonly string[] };

/** What W3C Trace Context names a span by: 32 and 16 hexadecimal digits. */
export type SpanContext = { readonly traceId: string; readonly spanId: string };

const digest = (text: string, digits: number): string =>
  createHash('sha256').update(text).digest('hex').slice(0, digits);

/** The trace of all that one command leads to. */
export const traceIdOf = (command: string): string => digest(command, 32);

/** The span of a step behind another. */
export const stepAfter = ({ traceId, spanId }: SpanContext, step: string): SpanContext => ({
  traceId,
  spanId: digest(`${spanId}:${step}`, 16),
});

/** The span of a place: done twice, it is the same span. */
export const contextOf = ({ command, steps = [] }: TracePlace): SpanContext => {
  const start: SpanContext = { traceId: traceIdOf(command), spanId: digest(`${command}:`, 16) };
  return steps.reduce(stepAfter, start);
};

/** The header of a record and of a request that says where it belongs. */
export const traceHeader = 'traceparent';

/** W3C's way to write it, with whether the span is told of. */
export const traceparentOf = ({ traceId, spanId }: SpanContext, sampled: boolean): string =>
  `00-${traceId}-${spanId}-${sampled ? '01' : '00'}`;

const written = /^(?!ff)[\da-f]{2}-(?!0{32})([\da-f]{32})-(?!0{16})([\da-f]{16})-[\da-f]{2}(?:-|$)/;

/** What a `traceparent` says, or undefined where it says nothing that holds. */
export const readTraceparent = (text: unknown): SpanContext | undefined => {
  if (typeof text !== 'string' || text.length > 128) return undefined;
  const [, traceId, spanId] = written.exec(text) ?? [];
  return traceId === undefined || spanId === undefined ? undefined : { traceId, spanId };
};
