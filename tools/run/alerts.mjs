import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { install } from './prepare.mjs';
import { answers, root, run } from './programs.mjs';
import { say } from './say.mjs';

const usage = `npm run alerts

Has promtool check the alerts of the chart, and play for each the series by which it fires and those by which it is
silent. promtool comes with Prometheus (Debian: apt-get install prometheus); PROMTOOL names another one than that on PATH.
`;

if (process.argv.includes('--help')) {
  process.stdout.write(usage);
  process.exit(0);
}

const promtool = process.env['PROMTOOL'] ?? 'promtool';
if (!answers(promtool)) {
  say(`skipped: there is no ${promtool} here. The specs have parsed the expressions; no alert was played`);
  process.exit(3);
}
await install();

const files = join(root, 'helm', 'stopcovid-dialog-engine', 'files');
const rules = join(files, 'alerts.yaml');
/* All are texts: `0x130` is nought a hundred and thirty times over, and no number. */
const cases = parse(readFileSync(join(files, 'alert-cases.yaml'), 'utf8'), { schema: 'failsafe' });

const judgedAt = (alert) => (alert === 'MemoryGrows' ? '1800m' : '120m');

const testOf = (alert, what, series) => ({
  name: `${alert} ${what}`,
  interval: '1m',
  input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
  promql_expr_test: [
    {
      expr: `count by (alertname) (ALERTS{alertname="${alert}",alertstate="firing"})`,
      eval_time: judgedAt(alert),
      exp_samples: what === 'fires' ? [{ labels: `{alertname="${alert}"}`, value: 1 }] : [],
    },
  ],
});

const tests = Object.entries(cases).flatMap(([alert, each]) =>
  ['fires', 'silent'].map((what) => testOf(alert, what, each[what])),
);
const folder = mkdtempSync(join(tmpdir(), 'alerts-'));
const file = join(folder, 'tests.yaml');
writeFileSync(file, stringify({ rule_files: [rules], evaluation_interval: '1m', tests }));
say(`${tests.length} cases`);
const codes = [await run(promtool, ['check', 'rules', rules]), await run(promtool, ['test', 'rules', file])];
rmSync(folder, { recursive: true });
process.exitCode = Math.max(...codes);
