import { ofKind, RenderedChart, settingProblems, type Secrets } from './rendered-chart.testkit';
import { toldTwice } from './rendered-pods.testkit';

describe('the demo', () => {
  const chart = new RenderedChart('demo');
  beforeAll(() => chart.open(), 120_000);
  afterAll(() => chart.close());

  it('needs no values, and gives every service and the emulator settings with which they start', () => {
    const resources = chart.resources({});
    const made: Secrets = Object.fromEntries(
      ofKind(resources, 'Secret').flatMap(({ metadata, stringData = {} }) =>
        Object.entries(stringData).map(([key, value]) => [`${metadata.name}/${key}`, value]),
      ),
    );
    expect(settingProblems(resources, made)).toEqual({
      'engine-carrier-emulator': [],
      'engine-dialog-engine': [],
      'engine-progress-tracker': [],
      'engine-sms-ingress': [],
      'engine-sms-sender': [],
    });
  });

  it('tells each container each variable once', () => expect(toldTwice(chart.resources({}))).toEqual([]));

  it('installs the servers that the engine is told of', () => {
    const services = ofKind(chart.resources({}), 'Service').map(({ metadata }) => metadata.name);
    const servers = ofKind(chart.resources({}), 'StatefulSet').map(({ metadata }) => metadata.name);
    expect(servers).toEqual(['kafka', 'mongodb']);
    expect(services).toEqual(expect.arrayContaining(servers));
  });

  it('refuses a typo in the values of the engine, by its place', () =>
    expect(chart.refusal({ engine: { kafka: { broker: 'kafka:9092' } } })).toMatch(/engine.*kafka.*broker/s));

  it('passes the linter', () => expect(chart.lint({})).toContain('0 chart(s) failed'));
});
