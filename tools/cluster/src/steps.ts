import { underLoad } from './load';
import { deploy, makeSecrets, partitions, rolled } from './engine';
import { livesOf, servicePods } from './pods';
import { badValueSteps } from './bad-values';
import { demoChart } from './folders';
import { outageStep } from './outage';
import { rolloutSteps } from './rollouts';
import { release, type Scene } from './scene';
import type { Step } from './step';

const codes = ['codes', 'add', 'HYGIENE', '--employer-id', 'acme', '--employer-name', 'Acme'] as const;

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';

const test = async ({ cluster }: Scene, name: string): Promise<string> =>
  lastLine((await cluster.helm(['test', name, '--logs'])).trimEnd());

/** What is left of a release, but for what is going away already. */
const leftOf = async ({ cluster }: Scene, name: string): Promise<string> => {
  const kinds = 'all,secret,configmap,serviceaccount,persistentvolumeclaim,poddisruptionbudget,networkpolicy';
  const selector = `app.kubernetes.io/instance=${name}`;
  await cluster.kubectl([
    'wait',
    '--for=delete',
    'pod,persistentvolumeclaim',
    '--selector',
    selector,
    '--timeout=90s',
  ]);
  const left = (await cluster.kubectl(['get', kinds, '--selector', selector, '--output', 'name'])).trim();
  if (left !== '') throw new Error(`left behind: ${left}`);
  return 'nothing is left of it';
};

const demoSteps = (scene: Scene): readonly Step[] => {
  const { cluster, image, serverValues } = scene;
  const ours = ['--set', `engine.image.repository=${image.repository},engine.image.tag=${image.tag}`];
  return [
    {
      name: 'the demo from nothing',
      aimSeconds: 120,
      run: async () => {
        const waiting = ['--wait', '--wait-for-jobs', '--timeout', '5m'];
        await cluster.helm(['install', 'demo', demoChart, ...serverValues, ...ours, ...waiting]);
        return 'engine, emulator, Kafka and MongoDB are ready, and the code is there';
      },
    },
    { name: 'helm test of the demo', aimSeconds: 30, run: () => test(scene, 'demo') },
    {
      name: 'uninstall the demo',
      run: async () => {
        await cluster.helm(['uninstall', 'demo', '--wait']);
        return leftOf(scene, 'demo');
      },
    },
  ];
};

const installSteps = (scene: Scene): readonly Step[] => [
  {
    name: 'Kafka and MongoDB alone',
    needed: true,
    run: async () => {
      const alone = ['--set', 'engine.enabled=false', '--wait', '--timeout', '5m'];
      await scene.cluster.helm(['install', 'servers', demoChart, ...scene.serverValues, ...alone]);
      return 'ready';
    },
  },
  {
    name: 'helm install --wait',
    aimSeconds: 60,
    needed: true,
    run: async () => {
      await makeSecrets(scene);
      await deploy(scene);
      return `${(await servicePods(scene.cluster, release)).length} pods are ready`;
    },
  },
];

const restingSteps = (scene: Scene): readonly Step[] => [
  {
    name: 'helm test',
    aimSeconds: 30,
    needed: true,
    run: async () => {
      const added = await scene.operator.run(...codes);
      if (!added.ok) throw new Error(added.said);
      return test(scene, release);
    },
  },
  {
    name: 'the same upgrade again',
    run: async () => {
      const before = livesOf(await servicePods(scene.cluster, release));
      await deploy(scene);
      const after = livesOf(await servicePods(scene.cluster, release));
      if (after.join() !== before.join())
        throw new Error(`pods changed:\n${[...before, ...after].join('\n')}`);
      return 'no pod was restarted';
    },
  },
  {
    name: 'more replicas than partitions',
    run: async () => {
      const replicas = partitions + 1;
      await deploy(scene, '--set', `engine.replicas=${replicas}`);
      await deploy(scene);
      return `${replicas} replicas of dialog-engine were ready on ${partitions} partitions`;
    },
  },
];

const loadSteps = (scene: Scene): readonly Step[] => [
  {
    name: 'a rolling upgrade under load, by the values',
    run: () => underLoad(scene, () => deploy(scene, ...rolled('second'))),
  },
  {
    name: 'a rollback under load',
    run: () =>
      underLoad(scene, async () => {
        await scene.cluster.helm(['rollback', release, '--wait', '--timeout', '5m']);
      }),
  },
  {
    name: 'a pod of each service deleted under load',
    run: () =>
      underLoad(scene, async () => {
        const pods = await servicePods(scene.cluster, release);
        const apps = new Map(
          pods.map(({ metadata }) => [metadata.labels['app.kubernetes.io/component'], metadata.name]),
        );
        apps.delete('carrier-emulator');
        await scene.cluster.kubectl(['delete', 'pod', ...apps.values(), '--wait']);
        await scene.cluster.kubectl([
          'wait',
          '--for=condition=available',
          'deployment',
          '--all',
          '--timeout=120s',
        ]);
      }),
  },
];

const lastSteps = (scene: Scene): readonly Step[] => [
  {
    name: 'uninstall',
    needed: true,
    run: async () => {
      await scene.cluster.helm(['uninstall', release, '--wait']);
      const left = await leftOf(scene, release);
      const topics = await scene.operator.run('topics', 'check', '--partitions', String(partitions));
      if (!topics.ok) throw new Error(topics.said);
      return `${left} but the topics and the database`;
    },
  },
];

/** Every step, in order. */
export const stepsOf = (scene: Scene): readonly Step[] => [
  ...demoSteps(scene),
  ...installSteps(scene),
  ...restingSteps(scene),
  ...loadSteps(scene),
  ...rolloutSteps(scene),
  outageStep(scene),
  ...lastSteps(scene),
  ...badValueSteps(scene),
];

/** Those whose names have one of these words, and those that they need. */
export const chosen = (steps: readonly Step[], words: readonly string[]): readonly Step[] =>
  words.length === 0
    ? steps
    : steps.filter(({ name, needed = false }) => needed || words.some((word) => name.includes(word)));
