import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Metrics } from '@stopcovid/runtime';
import {
  createSourceFile,
  forEachChild,
  isArrayLiteralExpression,
  isCallExpression,
  isPropertyAccessExpression,
  isStringLiteralLike,
  ScriptTarget,
  type CallExpression,
  type Node,
} from 'typescript';
import { root } from '../root.testkit';

export type MetricKind = 'counter' | 'gauge' | 'histogram' | 'summary';

/** A metric as the sources make it. `from` are the projects that do, such as `apps/sms-sender`. */
export type MadeMetric = {
  readonly name: string;
  readonly kind: MetricKind;
  readonly labels: readonly string[];
  readonly help: string;
  readonly from: readonly string[];
};

const made = /(?:^|[.?])metrics\??\.(counter|gauge|histogram)$/;

const mayMake = /\.(?:counter|gauge|histogram)\b/;

const literal = (node: Node | undefined, file: string): string => {
  if (node !== undefined && isStringLiteralLike(node)) return node.text;
  throw new Error(`${file}: name, help and labels of a metric are written where it is made`);
};

const metricOf = (call: CallExpression, kind: MetricKind, file: string): MadeMetric => {
  const [name, help, labels] = call.arguments;
  if (labels !== undefined && !isArrayLiteralExpression(labels)) literal(undefined, file);
  return {
    name: literal(name, file),
    kind,
    help: literal(help, file),
    labels:
      labels && isArrayLiteralExpression(labels) ? labels.elements.map((one) => literal(one, file)) : [],
    from: [file.split('/').slice(0, 2).join('/')],
  };
};

/** The metrics that a source file makes. Throws where a name, help or label is no literal: nobody could look it up. */
export const metricsIn = (file: string, text: string): readonly MadeMetric[] => {
  const found: MadeMetric[] = [];
  const source = createSourceFile(file, text, ScriptTarget.Latest);
  const look = (node: Node): void => {
    if (isCallExpression(node) && isPropertyAccessExpression(node.expression)) {
      const [, kind] = made.exec(node.expression.getText(source)) ?? [];
      if (kind !== undefined) found.push(metricOf(node, kind as MetricKind, file));
    }
    forEachChild(node, look);
  };
  look(source);
  return found;
};

const isProduct = (file: string): boolean => /\/src\/.*(?<!\.(spec|testkit|contract))\.ts$/.test(file);

const sourceFiles: readonly { readonly file: string; readonly text: string }[] = ['apps', 'libs'].flatMap(
  (group) =>
    readdirSync(join(root, group), { recursive: true, encoding: 'utf8' })
      .map((file) => join(group, file))
      .filter((file) => isProduct(file) && !file.includes('node_modules'))
      .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') })),
);

const merged = (metrics: readonly MadeMetric[]): readonly MadeMetric[] => {
  const byName = new Map<string, MadeMetric>();
  for (const metric of metrics) {
    const before = byName.get(metric.name);
    byName.set(metric.name, { ...metric, from: [...(before?.from ?? []), ...metric.from].sort() });
  }
  return [...byName.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
};

/** Every metric that our own sources make, by name. */
export const ownMetrics: readonly MadeMetric[] = merged(
  /* Parsing is dear: only what may make a metric is parsed. */
  sourceFiles.flatMap(({ file, text }) => (mayMake.test(text) ? metricsIn(file, text) : [])),
);

/** All quoted words of the sources: what a label may say is one of them, or is made of data. */
export const quotedWords: ReadonlySet<string> = new Set(
  sourceFiles.flatMap(({ text }) => [...text.matchAll(/'([^'\n]*)'/g)].map(([, word]) => word ?? '')),
);

/** The metrics that `/metrics` tells, without the labels that nobody has used yet. */
export const toldMetrics = (text: string): readonly Omit<MadeMetric, 'from'>[] =>
  [...text.matchAll(/^# HELP (\S+) (.*)\n# TYPE \S+ (\w+)$/gm)].map(([, name = '', help = '', kind]) => {
    const samples = text.matchAll(new RegExp(`^${name}(?:_bucket|_sum|_count)?\\{(.*)\\} `, 'gm'));
    const labels = [...samples].flatMap(([, all = '']) =>
      [...all.matchAll(/(\w+)="/g)].map(([, one]) => one),
    );
    return { name, help, kind: kind as MetricKind, labels: [...new Set(labels)].map(String) };
  });

/** What prom-client tells of any process of ours. */
export const processMetrics = async (): Promise<readonly MadeMetric[]> =>
  toldMetrics(await new Metrics('any').text())
    .filter(({ name }) => !ownMetrics.some((own) => own.name === name))
    .map((metric) => ({ ...metric, from: ['every process'] }));
