import { describeConfig } from '@stopcovid/runtime';
import { least } from './chart-values.testkit';
import { configClasses } from './config-classes.testkit';
import { ofKind, RenderedChart, type Resource } from './rendered-chart.testkit';
import { podsIn, toldTwice, type PodSpec } from './rendered-pods.testkit';

const daily = '0 3 * * *';

/** Everything that the chart can start: services, the emulator, Jobs, what the clock starts, and the test. */
const everything = {
  ...least,
  kafka: { ...least.kafka, ssl: true, saslMechanism: 'plain', existingSecret: 'sasl' },
  twilio: { ...least.twilio, apiKeySidKey: 'sid', apiKeySecretKey: 'secret' },
  emulator: { enabled: true },
  tracing: { endpoint: 'http://otel:4318', existingSecret: 'collector' },
  webhooks: { existingSecret: 'hooks' },
  records: { existingSecret: 'records', issuerName: 'Acme', url: 'https://sms.example.org/records' },
  cronJobs: {
    audit: { schedule: daily },
    drift: { schedule: daily },
    backup: { schedule: daily, claim: 'copies' },
  },
};

/** Names of all settings whose class calls them secret. */
const secretSettings = new Set(
  configClasses.flatMap(({ type }) =>
    describeConfig(type).flatMap(({ name, type: kind }) => (kind === 'secret' ? [name] : [])),
  ),
);

describe('every pod of the chart', () => {
  const chart = new RenderedChart('stopcovid-dialog-engine');
  let all: readonly Resource[] = [];
  let pods: readonly (readonly [string, PodSpec])[] = [];
  beforeAll(async () => {
    await chart.open();
    all = chart.resources(everything);
    pods = podsIn(all);
  }, 120_000);
  afterAll(() => chart.close());

  const podsWith = (more: object): readonly (readonly [string, PodSpec])[] =>
    podsIn(chart.resources({ ...everything, ...more }));
  const containersOf = ({ containers, initContainers = [] }: PodSpec) => [...initContainers, ...containers];

  it('is found, whatever starts it', () =>
    expect(pods.map(([kind]) => kind).toSorted()).toEqual([
      ...['CronJob', 'CronJob', 'CronJob'],
      ...['Deployment', 'Deployment', 'Deployment', 'Deployment', 'Deployment'],
      ...['Job', 'Pod'],
    ]));

  /* Helm 4 applies on the server, which refuses a variable that is there twice. */
  it('is told each variable once, also one that the values say otherwise', () => {
    const otherwise = { env: { INBOUND_SWEEP_MINUTES: 10, PUBLIC_URL: 'https://other.example.org' } };
    const extraEnv = [{ name: 'RECORDS_URL', value: 'https://records.example.org' }];
    const found = chart.resources({ ...everything, ingress: otherwise, tracker: { extraEnv } });
    expect(toldTwice(found)).toEqual([]);
    const told = podsIn(found)
      .flatMap(([, pod]) => containersOf(pod))
      .flatMap(({ env = [] }) => env);
    expect(told).toEqual(
      expect.arrayContaining([{ name: 'INBOUND_SWEEP_MINUTES', value: '10' }, ...extraEnv]),
    );
  });

  it('has no token of the cluster, and no user that may do anything', () => {
    for (const [, pod] of pods)
      expect(pod).toMatchObject({
        automountServiceAccountToken: false,
        securityContext: {
          runAsNonRoot: true,
          runAsUser: 65532,
          seccompProfile: { type: 'RuntimeDefault' },
        },
      });
  });

  it('writes to no file of its image, and keeps no capability', () => {
    for (const container of pods.flatMap(([, pod]) => containersOf(pod)))
      expect(container.securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
  });

  it('leaves its user to the platform where the values do', () => {
    const free = { podSecurityContext: { runAsNonRoot: true, runAsUser: null, runAsGroup: null } };
    for (const [, pod] of podsWith({ defaults: free }))
      expect(JSON.stringify(pod.securityContext)).not.toMatch(/runAs(User|Group)/);
  });

  it('is of the one image that the values name, by its digest where there is one, with the same pull secrets', () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    const image = {
      repository: 'mirror.example.org/engine',
      digest,
      pullSecrets: [{ name: 'mirror' }],
    };
    const mirrored = podsWith({ image });
    expect(mirrored).toHaveLength(pods.length);
    for (const [, pod] of mirrored) {
      expect(pod.imagePullSecrets).toEqual(image.pullSecrets);
      for (const container of containersOf(pod))
        expect(container.image).toBe(`mirror.example.org/engine@${digest}`);
    }
  });

  it('is told every secret by reference, and the chart makes none', () => {
    expect(ofKind(all, 'Secret')).toEqual([]);
    const told = pods
      .flatMap(([, pod]) => containersOf(pod))
      .flatMap(({ env = [] }) => env)
      .filter(({ name }) => secretSettings.has(name));
    expect(new Set(told.map(({ name }) => name)).size).toBeGreaterThan(8);
    expect(told.filter(({ valueFrom }) => valueFrom?.secretKeyRef === undefined)).toEqual([]);
  });

  it('keeps of its memory limit something for what is not V8’s heap', () => {
    for (const [, pod] of podsIn(ofKind(all, 'Deployment')))
      for (const { env = [], resources } of containersOf(pod)) {
        const heap = Number(
          /=(\d+)$/.exec(env.find(({ name }) => name === 'NODE_OPTIONS')?.value ?? '')?.[1],
        );
        const limit = Number(/^(\d+)Mi$/.exec(resources.limits.memory)?.[1]);
        expect(heap).toBeGreaterThan(100);
        expect(limit - heap).toBeGreaterThanOrEqual(100);
      }
  });
});

describe('what the chart installs', () => {
  const chart = new RenderedChart('stopcovid-dialog-engine');
  beforeAll(() => chart.open(), 120_000);
  afterAll(() => chart.close());

  const names = (resources: readonly Resource[]): readonly string[] =>
    resources.map(({ kind, metadata }) => `${kind}/${metadata.name}`);

  it('has no name in common with another release beside it', () => {
    const [one, other] = ['one', 'other'].map((release) => names(chart.resources(everything, release)));
    expect(one?.length).toBeGreaterThan(20);
    expect(one?.filter((name) => other?.includes(name))).toEqual([]);
  });

  it('is run by hooks nowhere but in a test', () => {
    const hooks = chart
      .resources(everything)
      .map(
        ({ metadata }) =>
          (metadata as { readonly annotations?: Record<string, string> }).annotations?.['helm.sh/hook'],
      )
      .filter((hook) => hook !== undefined);
    expect(hooks).toEqual(['test']);
  });

  it('may be a part of another chart, which passes values for all its parts', () =>
    expect(names(chart.resources({ ...least, global: { team: 'training' }, enabled: true }))).toEqual(
      names(chart.resources(least)),
    ));
});
