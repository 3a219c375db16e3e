import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** The metrics of one app, in a registry of its own, so that several apps can live in one process. */
export class Metrics {
  readonly #registry = new Registry();

  constructor(service: string) {
    this.#registry.setDefaultLabels({ service });
  }

  /** Adds what prom-client knows of the process itself: memory, CPU, event loop. Once per process is enough. */
  observeProcess(): void {
    collectDefaultMetrics({ register: this.#registry });
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

  /** All of them in Prometheus' text format. */
  text(): Promise<string> {
    return this.#registry.metrics();
  }

  get contentType(): string {
    return this.#registry.contentType;
  }
}
