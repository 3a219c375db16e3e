import { setTimeout as pause } from 'node:timers/promises';
import { deployAs } from './engine';
import { servicePods, type Pod } from './pods';
import type { Scene } from './scene';
import type { Step } from './step';

const bad = 'bad';
/** Long enough for what crashes to crash again. */
const watchedMs = 45_000;
const patienceMs = 90_000;
const pollMs = 1_000;

/** A mistake in the values: what somebody wrote, and what they must then read, where. */
type Mistake = {
  readonly what: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** Whose word it is: a service, by its answer on readiness; a Job, by its log; the cluster, by the state of a pod. */
  readonly where: 'dialog-engine' | 'sms-sender' | 'job' | 'cluster';
  readonly told: RegExp;
};

const mistakes: readonly Mistake[] = [
  {
    what: 'a Secret that is not there',
    values: { mongodb: { existingSecret: 'engine-mongo' } },
    where: 'cluster',
    told: /secret "engine-mongo" not found/,
  },
  {
    what: 'a port at which no broker listens',
    values: { kafka: { brokers: ['kafka:9999'] } },
    where: 'dialog-engine',
    told: /no broker answers at kafka:9999 \(KAFKA_BROKERS\)/,
  },
  {
    what: "another environment's database",
    values: { environment: 'another' },
    where: 'dialog-engine',
    told: /belongs to the environment chart-test, and DIALOG_ENVIRONMENT says another/,
  },
  {
    what: "another environment's database, to the Job of topics",
    values: { environment: 'another' },
    where: 'job',
    told: /chart-test/,
  },
  {
    what: "another environment's Kafka",
    values: { environment: 'second', mongodb: { existingSecret: 'second-mongodb' } },
    where: 'sms-sender',
    told: /topics of kafka:9092 belong to the environment chart-test, and DIALOG_ENVIRONMENT says second/,
  },
  {
    what: "another environment's Kafka, to the Job of topics",
    values: { environment: 'second', mongodb: { existingSecret: 'second-mongodb' } },
    where: 'job',
    told: /topics of this Kafka belong to the environment chart-test: another environment needs a Kafka of its own/,
  },
  {
    what: 'more partitions than the topics have',
    values: { kafka: { brokers: ['kafka:9092'], topics: { partitions: 12, replication: 1 } } },
    where: 'job',
    told: /has 3 partitions, not 12/,
  },
];

const wordsOfCluster = (pods: readonly Pod[]): string =>
  pods
    .flatMap(({ status }) => status.containerStatuses ?? [])
    .map(({ state }) => state?.waiting?.message ?? '')
    .join('\n');

const wordsOfService = async ({ cluster }: Scene, app: string): Promise<string> => {
  const door = await cluster.forward(`${bad}-${app}`, { kind: 'deployment', port: 3_000 });
  try {
    return await (await fetch(`${door.url}/health/ready`)).text();
  } finally {
    await door.close();
  }
};

const heard = async (scene: Scene, { where }: Mistake): Promise<string> => {
  const { cluster } = scene;
  switch (where) {
    case 'cluster':
      return wordsOfCluster(await servicePods(cluster, bad));
    case 'job': {
      const selector = `app.kubernetes.io/instance=${bad},app.kubernetes.io/component=topics`;
      return cluster.kubectl(['logs', '--selector', selector, '--all-containers']);
    }
    default:
      return wordsOfService(scene, where);
  }
};

const untilTold = async (scene: Scene, mistake: Mistake): Promise<string> => {
  const end = performance.now() + patienceMs;
  for (;;) {
    const said = await heard(scene, mistake).catch(String);
    const [found] = mistake.told.exec(said) ?? [];
    if (found !== undefined) return found;
    if (performance.now() > end) throw new Error(`nothing like ${String(mistake.told)} in: ${said}`);
    await pause(pollMs);
  }
};

const restartsIn = (pods: readonly Pod[]): number =>
  pods
    .flatMap(({ status }) => status.containerStatuses ?? [])
    .reduce((sum, { restartCount }) => sum + restartCount, 0);

/** Each mistake ends in words that name it, and in no pod that begins again and again. */
export const badValueSteps = (scene: Scene): readonly Step[] =>
  mistakes.map((mistake) => ({
    name: `a mistake: ${mistake.what}`,
    run: async () => {
      const { cluster } = scene;
      await deployAs(scene, bad, { ...mistake.values, fullnameOverride: bad, defaults: { replicas: 1 } });
      try {
        const since = performance.now();
        const told = await untilTold(scene, mistake);
        await pause(Math.max(0, watchedMs - (performance.now() - since)));
        const restarts = restartsIn(await servicePods(cluster, bad));
        if (restarts > 0) throw new Error(`${restarts} restarts, after: ${told}`);
        return `"${told}", and no restart in ${watchedMs / 1_000} s`;
      } finally {
        await cluster.helm(['uninstall', bad, '--wait']);
      }
    },
  }));
