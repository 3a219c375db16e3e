import { setTimeout as pause } from 'node:timers/promises';
import { underLoad } from './load';
import { livesOf, servicePods } from './pods';
import { release, type Scene } from './scene';
import type { Step } from './step';

const broker = 'statefulset/kafka';
const minuteMs = 60_000;

/** Asks for what a node asks for that is being emptied. Throws what the cluster says where it refuses. */
const evict = async ({ cluster }: Scene, pod: string): Promise<void> => {
  const eviction = {
    apiVersion: 'policy/v1',
    kind: 'Eviction',
    metadata: { name: pod, namespace: cluster.namespace },
  };
  const path = `/api/v1/namespaces/${cluster.namespace}/pods/${pod}/eviction`;
  await cluster.kubectl(['create', '--raw', path, '--filename', '-'], JSON.stringify(eviction));
};

const evictOneOfEach = async (scene: Scene): Promise<number> => {
  const pods = await servicePods(scene.cluster, release);
  const one = new Map(
    pods.map(({ metadata }) => [metadata.labels['app.kubernetes.io/component'], metadata.name]),
  );
  one.delete('carrier-emulator');
  for (const pod of one.values()) await evict(scene, pod);
  return one.size;
};

const scaleBroker = async ({ cluster }: Scene, replicas: number): Promise<void> => {
  await cluster.kubectl(['scale', broker, `--replicas=${replicas}`]);
  if (replicas === 0) await cluster.kubectl(['wait', '--for=delete', 'pod/kafka-0', '--timeout=90s']);
  else await cluster.kubectl(['rollout', 'status', broker, '--timeout=180s']);
};

/** Kafka goes for some minutes and comes back: no pod is restarted for it, and people are answered again unaided. */
export const outageStep = (scene: Scene): Step => ({
  name: `Kafka away for ${scene.kafkaAwayMinutes} minutes`,
  run: async () => {
    const { cluster, kafkaAwayMinutes } = scene;
    const before = livesOf(await servicePods(cluster, release));
    await scaleBroker(scene, 0);
    await pause(kafkaAwayMinutes * minuteMs);
    const after = livesOf(await servicePods(cluster, release));
    if (after.join() !== before.join()) throw new Error(`pods changed:\n${[...before, ...after].join('\n')}`);
    const evicted = await evictOneOfEach(scene);
    await scaleBroker(scene, 1);
    await cluster.kubectl(['wait', '--for=condition=available', 'deployment', '--all', '--timeout=180s']);
    const told = await underLoad(scene, () => pause(10_000));
    return `no pod was restarted, ${evicted} could be evicted meanwhile; afterwards ${told}`;
  },
});
