import { parser } from '@prometheus-io/lezer-promql';
import { ownMetrics, processMetrics, quotedWords, type MadeMetric } from './catalogue.testkit';

type Known = Pick<MadeMetric, 'kind' | 'labels'> & { readonly ours: boolean };

/** Metrics that an expression may name. */
export type Catalogue = ReadonlyMap<string, Known>;

/** What Prometheus itself puts on all that it reads. `service` is no such label: the operator has one of its own. */
const targetLabels = ['job', 'instance', 'namespace', 'pod'];
const services = ['sms-ingress', 'dialog-engine', 'sms-sender', 'progress-tracker'];

/** Ours, the process's, and Prometheus' own `up`. */
export const catalogue = async (): Promise<Catalogue> =>
  new Map<string, Known>([
    ...(await processMetrics()).map((metric) => [metric.name, { ...metric, ours: false }] as const),
    ...ownMetrics.map((metric) => [metric.name, { ...metric, ours: true }] as const),
    ['up', { kind: 'gauge', labels: [], ours: false }],
  ]);

type Span = { readonly from: number; readonly to: number };
type Part = Span & { readonly name: string; readonly parent: Span | null };

const partsOf = (expression: string): readonly Part[] => {
  const parts: Part[] = [];
  parser.parse(expression).iterate({
    enter: ({ name, from, to, node: { parent } }) => {
      parts.push({ name, from, to, parent: parent && { from: parent.from, to: parent.to } });
    },
  });
  return parts;
};

const isWithin = (inner: Span, outer: Span): boolean => outer.from <= inner.from && inner.to <= outer.to;

/** The metric behind a series: `x_bucket` is told of the histogram `x`, and never `x` itself. */
const metricOf = (known: Catalogue, series: string): (Known & { readonly name: string }) | undefined => {
  const [, base, suffix] = /^(.*)_(bucket|sum|count)$/.exec(series) ?? [];
  const histogram = base === undefined ? undefined : known.get(base);
  if (histogram?.kind === 'histogram' && base !== undefined)
    return {
      ...histogram,
      name: base,
      labels: suffix === 'bucket' ? [...histogram.labels, 'le'] : histogram.labels,
    };
  const found = known.get(series);
  return found === undefined || found.kind === 'histogram' ? undefined : { ...found, name: series };
};

/** Grafana's own variables stand for times and for what is chosen on the page. */
const withoutVariables = (expression: string): string =>
  expression.replaceAll(/\$__(rate_interval|interval|range)\b/g, '5m');

/** Labels whose words are data: addresses, numbers of the carrier, names of the cluster. */
const ofData = ['route', 'le', 'code', 'instance', 'pod', 'namespace', 'partition'];

/** What a matcher may say of a label: a word that the code writes, or the name of a service. */
const unknownWords = (label: string, operator: string, quoted: string): readonly string[] => {
  const value = quoted.slice(1, -1);
  if (value.includes('$') || ofData.includes(label)) return [];
  const words = operator.includes('~') ? value.split('|') : [value];
  if (label === 'job') return words.filter((word) => !services.includes(word));
  return words.filter((word) => !quotedWords.has(word));
};

class Reading {
  readonly problems: string[] = [];
  readonly #parts;
  readonly #selectors;

  constructor(
    private readonly text: string,
    private readonly known: Catalogue,
  ) {
    this.#parts = partsOf(text);
    this.#selectors = this.#parts.filter(({ name }) => name === 'VectorSelector');
    for (const part of this.#parts) this.#judge(part);
  }

  #textOf({ from, to }: Span): string {
    return this.text.slice(from, to);
  }

  #inside(span: Span, name: string): readonly Part[] {
    return this.#parts.filter((part) => part.name === name && isWithin(part, span));
  }

  #judge(part: Part): void {
    if (part.name === '⚠') this.problems.push(`is no PromQL at ${part.from}`);
    if (part.name === 'VectorSelector') this.#judgeSelector(part);
    if (part.name === 'GroupingLabels') this.#judgeGrouping(part);
  }

  #judgeSelector(selector: Part): void {
    const series = this.#seriesOf(selector);
    if (metricOf(this.known, series) === undefined) this.problems.push(`no metric ${series}`);
    for (const matcher of this.#inside(selector, 'UnquotedLabelMatcher')) {
      const [, label = '', operator = '', value = ''] =
        /^(\w+)\s*(=~|!~|!=|=)\s*(.*)$/s.exec(this.#textOf(matcher)) ?? [];
      this.#judgeLabel(label, selector);
      for (const word of unknownWords(label, operator, value))
        this.problems.push(`nobody says ${label}="${word}" (${series})`);
    }
  }

  #seriesOf(selector: Span): string {
    const [identifier] = this.#inside(selector, 'Identifier');
    return identifier === undefined ? '' : this.#textOf(identifier);
  }

  #judgeLabel(label: string, selector: Span): void {
    const series = this.#seriesOf(selector);
    const metric = metricOf(this.known, series);
    if (metric !== undefined && ![...metric.labels, ...targetLabels].includes(label))
      this.problems.push(`${series} has no label ${label}`);
  }

  /** All that is grouped must have the label, or the group is one of everything. */
  #judgeGrouping(grouping: Part): void {
    const around = this.#parts
      .filter(({ name }) => name === 'AggregateExpr' || name === 'BinaryExpr')
      .filter((part) => isWithin(grouping, part))
      .sort((one, other) => one.to - one.from - (other.to - other.from))[0];
    if (around === undefined) return;
    for (const label of this.#inside(grouping, 'LabelName'))
      for (const selector of this.#selectors.filter((one) => isWithin(one, around)))
        this.#judgeLabel(this.#textOf(label), selector);
  }
}

/** What is wrong with an expression: its syntax, a metric, a label or a label's word that the code does not make. */
export const problemsOf = (expression: string, known: Catalogue): readonly string[] => [
  ...new Set(new Reading(withoutVariables(expression), known).problems),
];

/** The names of all metrics that an expression reads. */
export const metricsRead = (expression: string, known: Catalogue): readonly string[] => {
  const text = withoutVariables(expression);
  return partsOf(text)
    .filter(({ name }) => name === 'Identifier')
    .flatMap(({ from, to }) => metricOf(known, text.slice(from, to))?.name ?? []);
};
