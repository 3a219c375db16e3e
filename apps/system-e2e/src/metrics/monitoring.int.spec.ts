import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { least } from '../chart-values.testkit';
import { ofKind, RenderedChart, type Resource } from '../rendered-chart.testkit';
import { root } from '../root.testkit';

const files = join(root, 'helm', 'stopcovid-dialog-engine', 'files');

type Labelled = Resource & {
  readonly data?: Readonly<Record<string, string>>;
  readonly metadata: { readonly labels: Readonly<Record<string, string>> };
};

describe('what the chart brings for monitoring', () => {
  const chart = new RenderedChart('stopcovid-dialog-engine');
  beforeAll(() => chart.open(), 120_000);
  afterAll(() => chart.close());

  const rendered = (kind: string, monitoring: object = {}): readonly Labelled[] =>
    ofKind(chart.resources({ ...least, monitoring }), kind) as readonly Labelled[];

  it('is nothing unless it is asked for', () =>
    expect(['ServiceMonitor', 'PrometheusRule', 'ConfigMap'].flatMap((kind) => rendered(kind))).toEqual([]));

  it('names the job of a service by the service', () => {
    const [{ spec } = { spec: {} as Resource['spec'] }] = rendered('ServiceMonitor', {
      serviceMonitor: { enabled: true },
    });
    const jobs = rendered('Service').map(({ metadata }) => metadata.labels[String(spec['jobLabel'])]);
    expect(jobs.sort()).toEqual(['dialog-engine', 'progress-tracker', 'sms-ingress', 'sms-sender']);
  });

  it('has the alerts as they stand in their file, with the labels asked for', () => {
    const [rule] = rendered('PrometheusRule', {
      prometheusRule: { enabled: true, labels: { release: 'prometheus' } },
    });
    expect(rule?.spec).toEqual(parse(readFileSync(join(files, 'alerts.yaml'), 'utf8')));
    expect(rule?.metadata.labels).toMatchObject({ release: 'prometheus' });
  });

  it('has the dashboards as they stand in their files, where Grafana looks for them', () => {
    const maps = rendered('ConfigMap', { dashboards: { enabled: true } });
    const told = maps.flatMap(({ data = {} }) => Object.entries(data));
    expect(told.map(([name]) => name)).toEqual([
      'stopcovid-conversation.json',
      'stopcovid-processes.json',
      'stopcovid-stores.json',
    ]);
    for (const [name, text] of told)
      expect(JSON.parse(text)).toEqual(
        JSON.parse(readFileSync(join(files, 'dashboards', name.replace('stopcovid-', '')), 'utf8')),
      );
    for (const { metadata } of maps) expect(metadata.labels).toMatchObject({ grafana_dashboard: '1' });
  });

  it('sends whoever is called to the runbooks of the house', () => {
    const [rule] = rendered('PrometheusRule', {
      prometheusRule: { enabled: true, runbooks: 'https://wiki.example.org/texts' },
    });
    const said = JSON.stringify(rule);
    expect(said).toContain('"runbook_url":"https://wiki.example.org/texts#repliesslow"');
    expect(said).not.toContain('github.com');
  });
});
