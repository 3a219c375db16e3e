import type { Logger } from '../logger';
import type { Metrics } from '../metrics';
import { otlpOf, pairsIn, resourceOf } from './otlp';
import { sampledBy, type Span, type Tracer } from './tracer';

/** Where spans go, and how many. */
export type TracingSettings = {
  /** The collector's address, to which `/v1/traces` is added. */
  readonly endpoint: URL;
  /** `name=value,name=value`: what the collector wants to be shown. */
  readonly headers: string;
  /** Of all traces this part, 0 to 1. */
  readonly ratio: number;
  /** `key=value,key=value`: of what deployment this is. */
  readonly resource: string;
};

export type ExportParts = { readonly service: string; readonly logger: Logger; readonly metrics: Metrics };

const mostWaiting = 2_048;
const atOnce = 512;
const everyMs = 2_000;
const answerWithinMs = 5_000;
const lastWordWithinMs = 2_000;

const urlOf = ({ endpoint }: TracingSettings): string => `${endpoint.href.replace(/\/$/, '')}/v1/traces`;

/**
 * Sends spans to a collector by OTLP over HTTP, as JSON, in the background. A collector that is slow or away holds
 * nothing up: what waits is bounded, and what does not fit or is not taken is dropped and counted.
 */
export class ExportingTracer implements Tracer {
  readonly isOn = true;
  readonly service: string;
  readonly samples: Tracer['samples'];
  readonly #waiting: Span[] = [];
  readonly #counted;
  readonly #timer: NodeJS.Timeout;
  #sending: Promise<void> | undefined;
  #isAway = false;

  constructor(
    private readonly settings: TracingSettings,
    private readonly parts: ExportParts,
  ) {
    this.service = parts.service;
    this.samples = sampledBy(settings.ratio);
    this.#counted = parts.metrics.counter('trace_spans_total', 'Spans by what became of them', ['outcome']);
    for (const outcome of ['sent', 'dropped']) this.#counted.inc({ outcome }, 0);
    this.#timer = setInterval(() => void this.#flush(answerWithinMs), everyMs).unref();
  }

  tell(span: Span): void {
    if (!this.samples(span.context.traceId)) return;
    if (this.#waiting.length >= mostWaiting) return this.#counted.inc({ outcome: 'dropped' });
    this.#waiting.push(span);
    if (this.#waiting.length >= atOnce) void this.#flush(answerWithinMs);
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    const limit = AbortSignal.timeout(lastWordWithinMs);
    await Promise.race([
      this.#sending,
      new Promise((resolve) => limit.addEventListener('abort', resolve, { once: true })),
    ]);
    if (!limit.aborted) await this.#flush(lastWordWithinMs);
  }

  /** One call at a time; the spans of a call that fails are dropped, so that nothing piles up. */
  #flush(withinMs: number): Promise<void> {
    this.#sending ??= this.#sendAll(withinMs).finally(() => {
      this.#sending = undefined;
    });
    return this.#sending;
  }

  async #sendAll(withinMs: number): Promise<void> {
    while (this.#waiting.length > 0) {
      const spans = this.#waiting.splice(0, atOnce);
      const problem = await this.#send(spans, withinMs);
      this.#counted.inc({ outcome: problem === undefined ? 'sent' : 'dropped' }, spans.length);
      this.#say(problem);
      if (problem !== undefined) return;
    }
  }

  async #send(spans: readonly Span[], withinMs: number): Promise<string | undefined> {
    const { settings, service } = this;
    try {
      const response = await fetch(urlOf(settings), {
        method: 'POST',
        headers: { ...Object.fromEntries(pairsIn(settings.headers)), 'content-type': 'application/json' },
        body: JSON.stringify(otlpOf(spans, resourceOf(service, settings.resource))),
        signal: AbortSignal.timeout(withinMs),
      });
      await response.body?.cancel();
      return response.ok ? undefined : `HTTP ${response.status}`;
    } catch (error) {
      return error instanceof Error ? error.name : 'unknown cause';
    }
  }

  /** Once when it goes away, once when it is back. */
  #say(problem: string | undefined): void {
    if (this.#isAway === (problem !== undefined)) return;
    this.#isAway = problem !== undefined;
    const { logger } = this.parts;
    if (problem === undefined) logger.info('the collector takes spans again');
    else logger.warn({ reason: problem }, 'the collector takes no spans: they are dropped until it does');
  }
}
