import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { helmProgram } from '@stopcovid/real-parts';
import { parseAllDocuments } from 'yaml';
import { root } from './root.testkit';
import { problemsIn } from './deployment.testkit';

export type Variable = {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: { readonly secretKeyRef: { readonly name: string; readonly key: string } };
};
type Container = { readonly args: readonly string[]; readonly env: readonly Variable[] };

/** An object of Kubernetes as a chart writes it. */
export type Resource = {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly stringData?: Readonly<Record<string, string>>;
  readonly spec: Record<string, unknown> & {
    readonly template?: {
      readonly spec: {
        readonly containers: readonly [Container];
        readonly terminationGracePeriodSeconds?: number;
      };
    };
  };
};

/** Values of secrets, by `secret/key`. */
export type Secrets = Readonly<Record<string, string>>;

/** The resources of one kind. */
export const ofKind = (resources: readonly Resource[], kind: string): readonly Resource[] =>
  resources.filter((resource) => resource.kind === kind);

/** What a container's process finds in its environment. */
export const environmentOf = ({ env }: Container, secrets: Secrets): Record<string, string> =>
  Object.fromEntries(
    env.map(({ name, value, valueFrom }) => {
      if (valueFrom === undefined) return [name, value ?? ''];
      const { name: secret, key } = valueFrom.secretKeyRef;
      return [name, secrets[`${secret}/${key}`] ?? `no key ${key} in ${secret}`];
    }),
  );

/** By Deployment, what its service would say of the settings that it gets. */
export const settingProblems = (
  resources: readonly Resource[],
  secrets: Secrets,
): Record<string, readonly string[]> =>
  Object.fromEntries(
    ofKind(resources, 'Deployment').map(({ metadata, spec }) => {
      const container = spec.template?.spec.containers[0];
      const [, app = ''] = /^apps\/([\w-]+)\//.exec(container?.args[0] ?? '') ?? [];
      return [
        metadata.name,
        container === undefined ? ['no container'] : problemsIn(app, environmentOf(container, secrets)),
      ];
    }),
  );

/** Helm at work on one chart of ours. */
export class RenderedChart {
  readonly #folder = mkdtempSync(join(tmpdir(), 'chart-'));
  readonly #chart: string;
  #helm = '';

  constructor(name: string) {
    this.#chart = join(root, 'helm', name);
  }

  async open(): Promise<void> {
    this.#helm = await helmProgram(join(root, '.cache', 'real-parts'), () => undefined);
  }

  close(): void {
    rmSync(this.#folder, { recursive: true });
  }

  /** Throws with Helm's words where the linter has any. */
  lint(values: object): string {
    return execFileSync(this.#helm, ['lint', '--strict', this.#chart, ...this.#with(values)], {
      encoding: 'utf8',
    });
  }

  /** All that the chart installs with these values, as this release. */
  resources(values: object, release = 'r'): readonly Resource[] {
    const text = execFileSync(this.#helm, ['template', release, this.#chart, ...this.#with(values)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return parseAllDocuments(text).flatMap((document) => (document.toJS() as Resource | null) ?? []);
  }

  /** What Helm says of values that it refuses. */
  refusal(values: object): string {
    return spawnSync(this.#helm, ['template', 'r', this.#chart, ...this.#with(values)], { encoding: 'utf8' })
      .stderr;
  }

  #with(values: object): readonly string[] {
    const file = join(this.#folder, 'values.json');
    writeFileSync(file, JSON.stringify(values));
    return ['--values', file];
  }
}
