import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../root.testkit';
import { metricsIn, ownMetrics, type MadeMetric } from './catalogue.testkit';

const path = join(root, 'docs', 'metrics.md');
const plain = (markdown: string): string => markdown.replaceAll(/ +/g, ' ').replaceAll(/-{3,}/g, '---');

const rowOf = ({ name, kind, labels, from, help }: MadeMetric): string =>
  `| ${[`\`${name}\``, kind, labels.map((label) => `\`${label}\``).join(', '), from.join(', '), help].join(' | ')} |`;

const tableOf = (metrics: readonly MadeMetric[]): string =>
  [
    '| Metric | Kind | Labels | Made in | What it tells |',
    '| --- | --- | --- | --- | --- |',
    ...metrics.map(rowOf),
  ].join('\n');

const table = /^\| Metric [^]*?(?=\n\n)/m;

describe('the catalogue of metrics', () => {
  it('is found in the sources', () => expect(ownMetrics.length).toBeGreaterThan(40));

  it('is in the docs as the sources make it', () => {
    const wanted = tableOf(ownMetrics);
    if (process.env['UPDATE_DOCS'] === '1')
      writeFileSync(
        path,
        readFileSync(path, 'utf8').replace(table, () => wanted),
      );
    expect(plain(table.exec(readFileSync(path, 'utf8'))?.[0] ?? '')).toBe(plain(wanted));
  });

  it('has counters that say so by their name, and no phone, employer or text as a label', () => {
    for (const { name, kind, labels } of ownMetrics) {
      expect([name, name.endsWith('_total')]).toEqual([name, kind === 'counter']);
      expect(labels.filter((label) => /phone|employer|trainee|text|body|message/i.test(label))).toEqual([]);
    }
  });

  it('takes no metric whose name, help or labels are only known at run time', () => {
    const refused = ["metrics.counter(name, 'x')", "parts.metrics?.gauge('x', 'y', labels)"];
    for (const text of refused) expect(() => metricsIn('apps/a/src/b.ts', text)).toThrow('apps/a/src/b.ts');
    expect(metricsIn('apps/a/src/b.ts', "runtime.metrics.gauge('x', 'y', ['z'])")).toEqual([
      { name: 'x', kind: 'gauge', labels: ['z'], help: 'y', from: ['apps/a'] },
    ]);
  });
});
