import { setTimeout as pause } from 'node:timers/promises';
import type { Cluster } from './cluster';

type Container = Readonly<Record<string, unknown>> & {
  readonly name: string;
  readonly env: readonly { readonly name: string }[];
};
type PodSpec = Readonly<Record<string, unknown>> & { readonly containers: readonly [Container] };
type Deployment = { readonly spec: { readonly template: { readonly spec: PodSpec } } };

/** A pod as far as it is looked at here. */
export type Pod = {
  readonly metadata: {
    readonly name: string;
    readonly uid: string;
    readonly labels: Readonly<Record<string, string>>;
  };
  readonly status: {
    readonly phase: string;
    readonly containerStatuses?: readonly {
      readonly ready: boolean;
      readonly restartCount: number;
      readonly state?: { readonly waiting?: { readonly reason: string; readonly message?: string } };
    }[];
  };
};

/** The services' pods, without those of Jobs. */
export const servicePods = async (cluster: Cluster, release: string): Promise<readonly Pod[]> => {
  const { items } = await cluster.get<{ readonly items: readonly Pod[] }>(
    'pods',
    '--selector',
    `app.kubernetes.io/instance=${release},pod-template-hash`,
  );
  return items;
};

/** Which pods run and how often they were started: the same twice where nothing was touched. */
export const livesOf = (pods: readonly Pod[]): readonly string[] =>
  pods
    .map(({ metadata, status }) => {
      const restarts = status.containerStatuses?.map(({ restartCount }) => restartCount) ?? [];
      return `${metadata.name} ${metadata.uid} ${restarts.join(' ')}`;
    })
    .sort();

/** What a service has and a command has not. */
const ofServices = ['livenessProbe', 'readinessProbe', 'startupProbe', 'lifecycle', 'ports'];

const without = (from: object, keys: readonly string[]): object =>
  Object.fromEntries(Object.entries(from).filter(([key]) => !keys.includes(key)));

const pollMs = 300;
const endedPhases = ['Succeeded', 'Failed'];

/** The command line within the cluster, with the settings that a Deployment had when it was first asked for. */
export class OperatorPods {
  #count = 0;
  #spec: PodSpec | undefined;

  constructor(
    private readonly cluster: Cluster,
    private readonly deployment: string,
  ) {}

  /** What a subcommand says, and whether it ended well. */
  async run(...args: readonly string[]): Promise<{ readonly ok: boolean; readonly said: string }> {
    const name = `operator-${(this.#count += 1)}`;
    await this.cluster.apply(this.#pod(name, await this.#known(), args));
    for (;;) {
      const { status } = await this.cluster.get<Pod>('pod', name);
      if (endedPhases.includes(status.phase)) {
        const said = (await this.cluster.kubectl(['logs', name])).trim();
        await this.cluster.kubectl(['delete', 'pod', name, '--wait=false']);
        return { ok: status.phase === 'Succeeded', said };
      }
      await pause(pollMs);
    }
  }

  async #known(): Promise<PodSpec> {
    const { spec } = this.#spec
      ? { spec: this.#spec }
      : (await this.cluster.get<Deployment>('deployment', this.deployment)).spec.template;
    this.#spec = spec;
    return spec;
  }

  #pod(name: string, like: PodSpec, args: readonly string[]): object {
    const [service] = like.containers;
    const env = service.env.filter(({ name: variable }) => variable !== 'NODE_OPTIONS');
    const container = {
      ...without(service, ofServices),
      env,
      args: ['tools/dialog/dist/main.js', ...args],
    };
    const spec = without(like, ['serviceAccountName', 'serviceAccount']);
    return {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name },
      spec: { ...spec, restartPolicy: 'Never', containers: [container] },
    };
  }
}
