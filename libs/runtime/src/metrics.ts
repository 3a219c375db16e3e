import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { withinMs } from './within';

let observed: Registry | undefined;

/* The pulse by which stalls of the event loop are seen: each lag reads so much longer. At 10 ms an idle service works. */
const pulseMs = 50;

/* Health's own looks take two seconds at most. */
const lookMs = 3_000;

/** Memory, CPU, event loop and garbage collection: there is one process, however many apps live in it. */
const processRegistry = (): Registry => {
  if (observed) return observed;
  observed = new Registry();
  collectDefaultMetrics({ register: observed, eventLoopMonitoringPrecision: pulseMs });
  return observed;
};

/** The metrics of one app, in a registry of its own, so that several apps can live in one process. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #process = processRegistry();
  readonly #looks: (() => Promise<void>)[] = [];

  constructor(service: string) {
    this.#registry.setDefaultLabels({ service });
  }

  /** A counter by name; asking again gives the same one. */
  counter(name: string, help: string, labels: readonly string[] = []): Counter {
    const known = this.#registry.getSingleMetric(name);
    if (known instanceof Counter) return known;
    return new Counter({ name, help, labelNames: [...labels], registers: [this.#registry] });
  }

  /** A gauge by name; asking again gives the same one. */
  gauge(name: string, help: string, labels: readonly string[] = []): Gauge {
    const known = this.#registry.getSingleMetric(name);
    if (known instanceof Gauge) return known;
    return new Gauge({ name, help, labelNames: [...labels], registers: [this.#registry] });
  }

  /** A histogram by name, of seconds from a millisecond to half a minute; asking again gives the same one. */
  histogram(name: string, help: string, labels: readonly string[] = []): Histogram {
    const known = this.#registry.getSingleMetric(name);
    if (known instanceof Histogram) return known;
    const buckets = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
    return new Histogram({ name, help, labelNames: [...labels], buckets, registers: [this.#registry] });
  }

  /**
   * Calls `look` each time before the metrics are told, for gauges of which nobody is told otherwise. One that fails, or
   * takes over three seconds, takes nothing from the others: it sets its gauges to NaN before it asks.
   */
  beforeTelling(look: () => Promise<void>): void {
    this.#looks.push(look);
  }

  /** All of them, and those of the process, in Prometheus' text format. */
  async text(): Promise<string> {
    await withinMs<unknown>(Promise.allSettled(this.#looks.map((look) => look())), lookMs, () => undefined);
    return `${await this.#registry.metrics()}\n${await this.#process.metrics()}`;
  }
}
