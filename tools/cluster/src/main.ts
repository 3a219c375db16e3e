import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { helmProgram } from '@stopcovid/real-parts';
import { Cluster, runProgram } from './cluster';
import { readOptions, type Options } from './command-line';
import { makeImages, standIns } from './images';
import { OperatorPods } from './pods';
import { runSteps } from './run-steps';
import { root } from './folders';
import { release, type Scene } from './scene';
import { chosen, stepsOf } from './steps';

const say = (line: string): void => void process.stdout.write(`› ${line}\n`);

const kubeconfigFrom = async ({ clusterTool }: Options): Promise<string | undefined> => {
  if (clusterTool === undefined) return process.env['KUBECONFIG'] || undefined;
  say('starting a cluster');
  const said = await runProgram(join(clusterTool, 'up.sh'), []);
  return /^KUBECONFIG=(.+)$/m.exec(said)?.[1];
};

const serverValues = async ({ clusterTool, values }: Options, work: string): Promise<readonly string[]> => {
  if (clusterTool === undefined) return values.flatMap((file) => ['--values', file]);
  const file = join(work, 'servers.json');
  await writeFile(file, JSON.stringify(standIns));
  return ['--values', file];
};

const sceneOf = async (options: Options, kubeconfig: string, work: string): Promise<Scene> => {
  const helm = await helmProgram(join(root, '.cache', 'real-parts'), say);
  const kubectl = process.env['KUBECTL_BIN'] || 'kubectl';
  const namespace = `chart-test-${Date.now().toString(36)}`;
  const cluster = new Cluster({ helm, kubectl, kubeconfig }, namespace);
  const [, repository = '', tag = ''] = /^(.+):([^:/]+)$/.exec(options.image) ?? [];
  return {
    cluster,
    image: { repository, tag },
    serverValues: await serverValues(options, work),
    textsPerSecond: options.textsPerSecond,
    kafkaAwayMinutes: options.kafkaAwayMinutes,
    work,
    operator: new OperatorPods(cluster, `${release}-sms-ingress`),
  };
};

/** A namespace that takes only pods which keep to the restricted profile. */
const makeNamespace = ({ cluster }: Scene): Promise<void> =>
  cluster.apply({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: cluster.namespace, labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
  });

const testOn = async (options: Options, kubeconfig: string): Promise<number> => {
  const work = await mkdtemp(join(tmpdir(), 'stopcovid-chart-'));
  const scene = await sceneOf(options, kubeconfig, work);
  try {
    if (options.clusterTool !== undefined) {
      say('making the images');
      await makeImages(options.clusterTool, options.image, say);
    }
    await makeNamespace(scene);
    say(`the namespace is ${scene.cluster.namespace}, which takes restricted pods alone`);
    return await runSteps(chosen(stepsOf(scene), options.only), say);
  } finally {
    await scene.cluster.kubectl(['delete', 'namespace', scene.cluster.namespace, '--ignore-not-found']);
    await rm(work, { recursive: true, force: true });
  }
};

const main = async (): Promise<number> => {
  const options = readOptions(process.argv.slice(2));
  const kubeconfig = await kubeconfigFrom(options);
  if (kubeconfig === undefined) {
    say('skipped, for want of a cluster: set KUBECONFIG, or name a folder with --cluster-tool');
    return 0;
  }
  try {
    const failed = await testOn(options, kubeconfig);
    say(
      'not tried: NetworkPolicy and Ingress, which need a network plug-in and a controller that act on them',
    );
    say(failed === 0 ? 'all passed' : `${failed} failed`);
    return failed === 0 ? 0 : 1;
  } finally {
    if (options.clusterTool !== undefined) await runProgram(join(options.clusterTool, 'down.sh'), []);
  }
};

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
