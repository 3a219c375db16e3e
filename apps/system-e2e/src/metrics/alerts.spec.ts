import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { root } from '../root.testkit';
import { catalogue, problemsOf, type Catalogue } from './expression.testkit';

type Rule = {
  readonly alert: string;
  readonly expr: string;
  readonly labels: { readonly severity: string };
  readonly annotations: Readonly<Record<'summary' | 'description' | 'runbook_url', string>>;
};
type Case = Readonly<Record<'fires' | 'silent', Readonly<Record<string, string>>>>;

const read = (...path: readonly string[]): string => readFileSync(join(root, ...path), 'utf8');
const files = ['helm', 'stopcovid-dialog-engine', 'files'];
const { groups } = parse(read(...files, 'alerts.yaml')) as {
  readonly groups: readonly { readonly rules: readonly Rule[] }[];
};
const rules = groups.flatMap(({ rules: own }) => own);
const named = rules.map((rule) => [rule.alert, rule] as const);
const cases = parse(read(...files, 'alert-cases.yaml'), { schema: 'failsafe' }) as Readonly<
  Record<string, Case>
>;

/** Name to paragraph, of the alerts in the runbook. */
const runbook = new Map(
  read('docs', 'operations.md')
    .split(/^## /m)
    .filter((chapter) => chapter.startsWith('Alerts\n'))
    .flatMap((chapter) => chapter.split(/^### /m).slice(1))
    .map((section) => {
      const [name = '', ...paragraph] = section.split('\n');
      return [name, paragraph.join('\n').trim()];
    }),
);

describe('an expression', () => {
  let known: Catalogue;
  beforeAll(async () => {
    known = await catalogue();
  });

  it.each([
    ['rate(batch_lag_record[5m])', 'no metric batch_lag_record'],
    ['rate(http_request_seconds[5m])', 'no metric http_request_seconds'],
    ['sum by (route) (batch_lag_records)', 'batch_lag_records has no label route'],
    ['batch_lag_records{service="sms-sender"}', 'batch_lag_records has no label service'],
    ['up{job="sms-senders"}', 'nobody says job="sms-senders" (up)'],
    [
      'batch_records_total{outcome=~"done|deadletter"}',
      'nobody says outcome="deadletter" (batch_records_total)',
    ],
    ['drills_refused == 1 and on (topic) batch_lag_records', 'drills_refused has no label topic'],
    ['sum(drills_refused', 'is no PromQL at 18'],
  ])('is refused: %s', (expression, problem) => expect(problemsOf(expression, known)).toEqual([problem]));

  it.each(named)('of the alert %s names what the code makes', (_name, { expr }) =>
    expect(problemsOf(expr, known)).toEqual([]),
  );

  it.each(Object.entries(cases))('of the cases of %s names series that the code makes', (_name, each) => {
    const series = Object.values(each).flatMap((one) => Object.keys(one));
    expect(series.flatMap((one) => problemsOf(one, known))).toEqual([]);
  });
});

describe('the alerts', () => {
  it('are each told of in the runbook, and no others', () =>
    expect(rules.map(({ alert }) => alert)).toEqual([...runbook.keys()]));

  it.each(named)('%s says what it means, and where its paragraph is', (name, { labels, annotations }) => {
    expect(['critical', 'warning']).toContain(labels.severity);
    expect(annotations.runbook_url).toMatch(new RegExp(`/docs/operations\\.md#${name.toLowerCase()}$`));
    expect(runbook.get(name)?.length).toBeGreaterThan(60);
    expect(annotations.summary.length).toBeGreaterThan(10);
    expect(annotations.description.length).toBeGreaterThan(10);
  });

  it('have each a case in which it fires and one in which it is silent', () => {
    expect(Object.keys(cases)).toEqual(rules.map(({ alert }) => alert));
    for (const each of Object.values(cases)) expect(Object.keys(each)).toEqual(['fires', 'silent']);
  });
});
