import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { engineChart } from './folders';
import { environment, release, type Scene } from './scene';

/** Few, so that a handful of replicas are more than there is work for. */
export const partitions = 3;

const services = ['ingress', 'engine', 'sender', 'tracker'] as const;
const key = 'a-key-of-the-chart-test-alone';

/** Secrets by the names and keys that the deployment guide gives them. */
const secrets: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'engine-mongodb': { url: 'mongodb://mongodb:27017/stopcovid?directConnection=true' },
  'second-mongodb': { url: 'mongodb://mongodb:27017/second?directConnection=true' },
  'engine-twilio': { authToken: 'emulated-auth-token-of-the-chart-test' },
  'engine-keys': { keys: `service=${key}`, serviceKey: key },
};

const valuesOf = ({ image }: Scene) => ({
  fullnameOverride: release,
  environment,
  image,
  kafka: { brokers: ['kafka:9092'], topics: { partitions, replication: 1 } },
  mongodb: { existingSecret: 'engine-mongodb' },
  twilio: {
    existingSecret: 'engine-twilio',
    accountSid: 'AC00000000000000000000000000000000',
    from: '+12025550100',
  },
  apiKeys: { existingSecret: 'engine-keys' },
  emulator: { enabled: true },
  /* As fast as an emulated carrier takes them: what is measured is the way there. */
  sender: { env: { SMS_PER_SECOND: 100, SMS_PAUSE_MS: 300, SMS_MEDIA_PAUSE_MS: 300 } },
});

/** Makes the secrets that the engine's values name. */
export const makeSecrets = ({ cluster }: Scene): Promise<void> =>
  cluster.apply(
    ...Object.entries(secrets).map(([name, stringData]) => ({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name },
      stringData,
    })),
  );

/** Installs another release with these values in place of the usual ones, without waiting for it. */
export const deployAs = async (scene: Scene, name: string, values: object): Promise<void> => {
  const file = join(scene.work, `${name}.json`);
  await writeFile(file, JSON.stringify({ ...valuesOf(scene), ...values }));
  await scene.cluster.helm(['install', name, engineChart, '--values', file]);
};

/** Installs or upgrades the engine with these settings over the usual ones, and waits until it is ready. */
export const deploy = async (scene: Scene, ...more: readonly string[]): Promise<void> => {
  const file = join(scene.work, 'engine.json');
  await writeFile(file, JSON.stringify(valuesOf(scene)));
  await scene.cluster.helm([
    ...['upgrade', '--install', release, engineChart, '--values', file],
    ...more,
    ...['--wait', '--timeout', '5m'],
  ]);
};

/** Arguments that change nothing but the pods: all services roll, the emulator stays. */
export const rolled = (round: string): readonly string[] =>
  services.flatMap((service) => ['--set-string', `${service}.podAnnotations.round=${round}`]);
