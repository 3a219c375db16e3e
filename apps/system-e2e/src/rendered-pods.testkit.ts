import type { Resource, Variable } from './rendered-chart.testkit';

type PodContainer = {
  readonly image: string;
  readonly env?: readonly Variable[];
  readonly resources: { readonly limits: { readonly memory: string } };
  readonly securityContext?: object;
};

/** A pod as a chart writes it. */
export type PodSpec = {
  readonly containers: readonly PodContainer[];
  readonly initContainers?: readonly PodContainer[];
  readonly securityContext?: object;
  readonly imagePullSecrets?: readonly object[];
};

type Templated = { readonly template: { readonly spec: PodSpec } };

const podOf = ({ kind, spec }: Resource): PodSpec | undefined => {
  switch (kind) {
    case 'Pod':
      return spec as unknown as PodSpec;
    case 'CronJob':
      return (spec as unknown as { readonly jobTemplate: { readonly spec: Templated } }).jobTemplate.spec
        .template.spec;
    default:
      return (spec as unknown as Templated | undefined)?.template?.spec;
  }
};

/** The pods that these resources start, with the kind of what starts each. */
export const podsIn = (resources: readonly Resource[]): readonly (readonly [string, PodSpec])[] =>
  resources.flatMap((resource) => {
    const pod = podOf(resource);
    return pod === undefined ? [] : [[resource.kind, pod] as const];
  });

/** Variables that a container is told more than once, which Helm 4 is refused with. */
export const toldTwice = (resources: readonly Resource[]): readonly string[] =>
  podsIn(resources)
    .flatMap(([, { containers, initContainers = [] }]) => [...initContainers, ...containers])
    .flatMap(({ env = [] }) =>
      env.map(({ name }) => name).filter((name, at, names) => names.indexOf(name) !== at),
    );
