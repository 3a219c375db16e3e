import { randomBytes } from 'node:crypto';
import type { SpanContext } from './trace-place';

export type SpanKind = 'internal' | 'server' | 'client' | 'producer' | 'consumer';
export type SpanAttributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** A piece of work that is over. Times are milliseconds since 1970, with fractions. */
export type Span = {
  readonly context: SpanContext;
  /** The span in the same trace that led to it. */
  readonly parentId?: string | undefined;
  readonly links?: readonly SpanContext[];
  readonly name: string;
  readonly kind: SpanKind;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly attributes: SpanAttributes;
  /** Why it failed, in words that hold nothing personal. */
  readonly failure?: string | undefined;
};

/** Takes spans to wherever they are looked at. */
export type Tracer = {
  /** The service that tells; a step of its own on the way of each record that it reads. */
  readonly service: string;
  /** False where no exporter is configured: then nothing has to be made for it. */
  readonly isOn: boolean;
  /** Whether the spans of this trace are told: the same answer in every service of the same ratio. */
  samples(traceId: string): boolean;
  /** Never waits and never throws. Spans of traces that are not sampled are left out. */
  tell(span: Span): void;
  /** Sends what is left, within its limit. */
  close(): Promise<void>;
};

/** Tells nobody. */
export const silentTracer = (service: string): Tracer => ({
  service,
  isOn: false,
  samples: () => false,
  tell: () => undefined,
  close: () => Promise.resolve(),
});

/** Milliseconds since 1970, finer than the wall clock says, and never backwards. */
export const spanTime = (): number => performance.timeOrigin + performance.now();

/** A span of a trace of its own, which no record leads to. */
export const ownContext = (): SpanContext => ({
  traceId: randomBytes(16).toString('hex'),
  spanId: randomBytes(8).toString('hex'),
});

const randomDigits = 14;

/** Of all traces this part, 0 to 1, by the last 56 bits of their ids: as W3C Trace Context 2 and OpenTelemetry have it. */
export const sampledBy = (ratio: number): ((traceId: string) => boolean) => {
  const rejected = (1 - ratio) * 16 ** randomDigits;
  return (traceId) => ratio > 0 && parseInt(traceId.slice(-randomDigits), 16) >= rejected;
};
