import { least } from './chart-values.testkit';
import { ofKind, RenderedChart, type Resource } from './rendered-chart.testkit';

type Policy = {
  readonly podSelector: {
    readonly matchExpressions?: readonly { readonly values: readonly string[] }[];
  };
  readonly egress?: readonly {
    readonly to?: readonly object[];
    readonly ports?: readonly { readonly port: number }[];
  }[];
};
type Clocked = {
  readonly jobTemplate: {
    readonly spec: {
      readonly template: {
        readonly spec: {
          readonly containers: readonly [
            { readonly args: readonly string[]; readonly env: readonly { readonly name: string }[] },
          ];
          readonly volumes?: readonly object[];
        };
      };
    };
  };
};

const daily = '0 3 * * *';

describe('what the chart puts around the services', () => {
  const chart = new RenderedChart('stopcovid-dialog-engine');
  beforeAll(() => chart.open(), 120_000);
  afterAll(() => chart.close());

  const rendered = (more: object): readonly Resource[] => chart.resources({ ...least, ...more });
  const partOf = ({ metadata }: Resource): string => metadata.name.split('dialog-engine-').at(-1) ?? '';

  describe('ways out of the cluster', () => {
    const egress = (more: object = {}) => ({ networkPolicy: { egress: { enabled: true, ...more } } });
    const policies = (values: object): readonly Policy[] =>
      ofKind(rendered(values), 'NetworkPolicy').map(({ spec }) => spec as Policy);
    const callers = (values: object): readonly string[] =>
      policies(values)
        .filter(({ egress: rules }) =>
          rules?.some(({ ports }) => ports?.some(({ port }) => port === 443) === true),
        )
        .flatMap(({ podSelector }) => podSelector.matchExpressions ?? [{ values: ['everybody'] }])
        .flatMap(({ values: names }) => names)
        .toSorted();

    it('are open where nobody asked to close them', () =>
      expect(policies({}).filter(({ egress: rules }) => rules !== undefined)).toEqual([]));

    it.each<[string, object, readonly string[]]>([
      ['who calls the carrier', {}, ['audit', 'prices', 'sms-ingress', 'sms-sender']],
      [
        'the tracker where it calls webhooks',
        { webhooks: { existingSecret: 'hooks' } },
        ['audit', 'prices', 'progress-tracker', 'sms-ingress', 'sms-sender'],
      ],
      [
        'the tracker where it fetches keys of an identity provider',
        { tracker: { env: { JWKS_URL: 'https://login.example.org/jwks.json' } } },
        ['audit', 'prices', 'progress-tracker', 'sms-ingress', 'sms-sender'],
      ],
      [
        'who reads drills behind an address',
        { drills: { url: 'https://content.example.org/drills.json' } },
        ['audit', 'dialog-engine', 'prices', 'progress-tracker', 'sms-ingress', 'sms-sender'],
      ],
    ])('let by HTTPS to the outside only %s', (_who, more, expected) =>
      expect(callers({ ...egress(), ...more })).toEqual(expected),
    );

    it('lead to name servers, brokers and databases by their ports', () => {
      const ports = policies(egress({ mongodbPorts: [27018] }))
        .flatMap(({ egress: rules }) => rules ?? [])
        .flatMap(({ ports: each }) => each ?? [])
        .map(({ port }) => port);
      expect(new Set(ports)).toEqual(new Set([53, 9092, 27018, 443]));
    });

    it('lead to stores where they are, and nowhere else by those ports', () => {
      const there = [{ namespaceSelector: { matchLabels: { name: 'data' } } }];
      const rules = policies(egress({ stores: there })).flatMap(({ egress: each }) => each ?? []);
      expect(rules.find(({ ports }) => ports?.some(({ port }) => port === 9092) === true)?.to).toEqual(there);
    });
  });

  describe('what the clock starts', () => {
    const all = {
      audit: { schedule: daily },
      prices: { schedule: daily },
      drift: { schedule: daily },
      backup: { schedule: daily, claim: 'copies' },
    };
    const jobs = (values: object) =>
      Object.fromEntries(
        ofKind(rendered(values), 'CronJob').map((job) => [
          partOf(job),
          (job.spec as unknown as Clocked).jobTemplate.spec.template.spec,
        ]),
      );

    it('is nothing where there is no schedule', () => expect(jobs({})).toEqual({}));

    it('is the command line with what its subcommand needs', () => {
      const made = jobs({ cronJobs: all });
      const said = Object.entries(made).map(([name, { containers }]) => [
        name,
        containers[0].args.slice(1, 3).join(' '),
      ]);
      expect(Object.fromEntries(said)).toEqual({
        audit: 'audit-messages --since',
        backup: 'events export',
        drift: 'rebuild --all',
        prices: 'record-prices --since',
      });
      const given = (name: string): readonly string[] =>
        made[name]?.containers[0].env.map(({ name: setting }) => setting) ?? [];
      for (const caller of ['audit', 'prices']) expect(given(caller)).toContain('TWILIO_AUTH_TOKEN');
      expect(given('prices')).toContain('KAFKA_BROKERS');
      expect(given('drift')).not.toContain('TWILIO_AUTH_TOKEN');
      expect(made['backup']?.volumes).toEqual([
        { name: 'backup', persistentVolumeClaim: { claimName: 'copies' } },
      ]);
    });

    it('does not copy topics to nowhere', () =>
      expect(chart.refusal({ ...least, cronJobs: { backup: { schedule: daily } } })).toContain(
        'cronJobs.backup.claim is missing',
      ));
  });

  it('replaces pods as the values say, each service for itself', () => {
    const recreate = { type: 'Recreate', rollingUpdate: null };
    const ways = ofKind(rendered({ engine: { strategy: recreate } }), 'Deployment').map((deployment) => [
      partOf(deployment),
      (deployment.spec['strategy'] as { readonly type: string }).type,
    ]);
    expect(Object.fromEntries(ways)).toMatchObject({
      'dialog-engine': 'Recreate',
      'sms-sender': 'RollingUpdate',
    });
  });
});
