import {
  environmentOf,
  ofKind,
  RenderedChart,
  settingProblems,
  type Resource,
} from './rendered-chart.testkit';
import { least, secrets } from './chart-values.testkit';

describe('the chart', () => {
  const chart = new RenderedChart('stopcovid-dialog-engine');
  beforeAll(() => chart.open(), 120_000);
  afterAll(() => chart.close());

  const rendered = (given: object = least): readonly Resource[] => chart.resources(given);
  const refusal = (given: object): string => chart.refusal(given);
  const problems = (given: object): Record<string, readonly string[]> =>
    settingProblems(rendered(given), secrets);

  it('passes the linter', () => expect(chart.lint(least)).toContain('0 chart(s) failed'));

  it('gives every service settings with which it starts, and no others', () =>
    expect(problems(least)).toEqual({
      'r-stopcovid-dialog-engine-dialog-engine': [],
      'r-stopcovid-dialog-engine-progress-tracker': [],
      'r-stopcovid-dialog-engine-sms-ingress': [],
      'r-stopcovid-dialog-engine-sms-sender': [],
    }));

  it.each<[string, object]>([
    [
      'Kafka behind a login',
      { kafka: { ...least.kafka, ssl: true, saslMechanism: 'plain', existingSecret: 'sasl' } },
    ],
    ['drills of a ConfigMap', { drills: { configMap: 'drills' } }],
    ['drills behind an address', { drills: { url: 'https://content.example.org/drills.json' } }],
    ['an emulated carrier', { emulator: { enabled: true } }],
    ['traces', { tracing: { endpoint: 'http://otel:4318', sampleRatio: 0.2, existingSecret: 'collector' } }],
    ['webhooks', { webhooks: { existingSecret: 'hooks' } }],
    ['settings of its own', { sender: { env: { SMS_PER_SECOND: 40 } } }],
  ])('does so also with %s', (_what, more) => {
    const found = Object.entries(problems({ ...least, ...more })).filter(([, wrong]) => wrong.length > 0);
    expect(found).toEqual([]);
  });

  it('has every service tell its spans to one collector, as what it is, and none where there is none', () => {
    const told = (given: object): readonly (string | undefined)[] =>
      ofKind(rendered(given), 'Deployment')
        .flatMap(({ spec }) => spec.template?.spec.containers ?? [])
        .map((container) => environmentOf(container, secrets))
        .map(
          (own) =>
            own['OTEL_EXPORTER_OTLP_ENDPOINT'] &&
            `${own['OTEL_EXPORTER_OTLP_ENDPOINT']} ${own['OTEL_TRACES_SAMPLER_ARG']} ${own['OTEL_RESOURCE_ATTRIBUTES']}`,
        )
        .map((said) => said?.replace(/version=[^,]+/, 'version=V'));
    const tracing = { endpoint: 'http://otel:4318', sampleRatio: 0.2 };
    expect(new Set(told({ ...least, tracing }))).toEqual(
      new Set(['http://otel:4318 0.2 service.version=V,deployment.environment.name=staging']),
    );
    expect(new Set(told(least))).toEqual(new Set([undefined]));
  });

  it('finds a setting that no service has', () =>
    expect(problems({ ...least, sender: { env: { SMS_PER_SECONDS: 40 } } })).toMatchObject({
      'r-stopcovid-dialog-engine-sms-sender': ['SMS_PER_SECONDS is no setting of sms-sender'],
    }));

  /* Maps of templates come in any order: one more rendering would often be the same by chance. */
  it('is the same each time', () => {
    const first = rendered();
    for (let again = 0; again < 8; again += 1) expect(rendered()).toEqual(first);
  });

  it.each([
    ['publicUrl', 'it is the https address'],
    ['environment', 'name it (such as production)'],
  ])('names what is missing and the remedy: %s', (name, remedy) => {
    expect(refusal({ ...least, [name]: '' })).toContain(`${name} is missing: ${remedy}`);
  });

  it('has an emulated carrier sign the very address that sms-ingress checks', () => {
    const resources = ofKind(
      rendered({ ...least, publicUrl: '', emulator: { enabled: true } }),
      'Deployment',
    );
    const settings = Object.assign(
      {},
      ...resources.flatMap(
        ({ spec }) =>
          spec.template?.spec.containers.map((container) => environmentOf(container, secrets)) ?? [],
      ),
    ) as Record<string, string>;
    expect(settings['WEBHOOK_URL']).toBe(`${settings['PUBLIC_URL']}/webhooks/twilio#rc=5&rp=all`);
    expect(settings['STATUS_CALLBACK_URL']).toBe(`${settings['PUBLIC_URL']}/webhooks/twilio/status`);
  });

  it('refuses an address that Twilio could not have signed', () =>
    expect(refusal({ ...least, publicUrl: 'http://sms.example.org' })).toContain('must begin with https://'));

  it('refuses a value that it does not know, by its place', () =>
    expect(refusal({ ...least, kafka: { ...least.kafka, broker: 'kafka:9092' } })).toMatch(/kafka.*broker/s));

  it('has no replicas beside an autoscaler', () => {
    const scaled = rendered({ ...least, autoscaling: { enabled: true } });
    expect(ofKind(scaled, 'HorizontalPodAutoscaler')).toHaveLength(4);
    for (const { spec } of ofKind(scaled, 'Deployment')) expect(spec).not.toHaveProperty('replicas');
  });

  const byLag = { ...least, autoscaling: { enabled: true, by: 'lag' } };

  it('scales who reads Kafka by what waits there, webhooks by processor, and senders by hand', () => {
    const scaled = rendered(byLag);
    const named = (kind: string): readonly unknown[] =>
      ofKind(scaled, kind).map(({ metadata }) => metadata.name.split('dialog-engine-').at(-1));
    expect(named('ScaledObject').toSorted()).toEqual(['dialog-engine', 'progress-tracker']);
    expect(named('HorizontalPodAutoscaler')).toEqual(['sms-ingress']);
    const withReplicas = ofKind(scaled, 'Deployment').filter(({ spec }) => 'replicas' in spec);
    expect(withReplicas.map(({ metadata }) => metadata.name.split('dialog-engine-').at(-1))).toEqual([
      'sms-sender',
    ]);
  });

  it('has KEDA log in to Kafka as the services do', () => {
    const kafka = {
      ...least.kafka,
      saslMechanism: 'scram-sha-512',
      existingSecret: 'kafka-login',
      ssl: true,
    };
    const scaled = rendered({ ...byLag, kafka });
    const [login] = ofKind(scaled, 'TriggerAuthentication');
    for (const { spec } of ofKind(scaled, 'ScaledObject'))
      expect(spec).toMatchObject({
        triggers: [
          {
            metadata: { sasl: 'scram_sha512', tls: 'enable' },
            authenticationRef: { name: login?.metadata.name },
          },
        ],
      });
  });

  it.each([
    [
      'replicas that would have no partition',
      { ...byLag.autoscaling, maxReplicas: 13 },
      'kafka.topics.partitions',
    ],
    [
      'fewer replicas at the most than at the least',
      { enabled: true, minReplicas: 7 },
      'autoscaling.maxReplicas',
    ],
  ])('refuses %s', (_what, autoscaling, told) => expect(refusal({ ...least, autoscaling })).toContain(told));

  it.each(['Ingress', 'HTTPRoute'])('opens to the carrier nothing but its webhooks by an %s', (kind) => {
    const route = { enabled: true, kind, parentRefs: [{ name: 'public' }] };
    const [door, ...others] = ofKind(rendered({ ...least, ingressRoute: route }), kind);
    const said = JSON.stringify(door?.spec);
    expect(others).toEqual([]);
    expect(said.match(/"(?:path|value)":"(\/[^"]*)"/g)).toHaveLength(1);
    expect(said).toContain('/webhooks/twilio"');
    expect(said).toContain('sms-ingress');
  });

  it('refuses an HTTPRoute without a Gateway', () =>
    expect(refusal({ ...least, ingressRoute: { enabled: true, kind: 'HTTPRoute' } })).toContain(
      'ingressRoute.parentRefs is missing',
    ));

  it('names the job of topics by what it does', () => {
    const nameWith = (partitions: number): string | undefined =>
      ofKind(rendered({ ...least, kafka: { ...least.kafka, topics: { partitions } } }), 'Job')[0]?.metadata
        .name;
    expect(nameWith(12)).toBe(ofKind(rendered(), 'Job')[0]?.metadata.name);
    expect(nameWith(24)).not.toBe(nameWith(12));
  });

  it('gives a pod longer to stop than it waits and works off together', () => {
    const graces = ofKind(rendered(), 'Deployment').map(({ metadata, spec }) => [
      metadata.name.split('engine-').at(-1),
      spec.template?.spec.terminationGracePeriodSeconds,
    ]);
    expect(Object.fromEntries(graces)).toMatchObject({ 'sms-ingress': 30, 'sms-sender': 25 });
  });
});
