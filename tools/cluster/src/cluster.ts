import { spawn, type ChildProcess } from 'node:child_process';
import { freePort } from '@stopcovid/runtime';
import { root } from './folders';

/** The programs that speak to a cluster, and the file that says which. */
export type Access = { readonly kubectl: string; readonly helm: string; readonly kubeconfig: string };

/** A program said no; the message is what it said. */
export class Refused extends Error {}

const linesToShow = 25;

/** Variables beside those of this process, standard input, the folder. */
type Surroundings = {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  readonly cwd?: string;
};

/** Runs a program to its end; answers its standard output, or throws Refused with the last lines of what it said. */
export const runProgram = (
  program: string,
  args: readonly string[],
  { env = {}, input = '', cwd = root }: Surroundings = {},
): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, [...args], { cwd, env: { ...process.env, ...env } });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (out += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (err += chunk));
    child.once('error', (error) => reject(new Refused(`${program}: ${error.message}`)));
    child.once('close', (code) => {
      if (code === 0) return resolve(out);
      const said = `${out}\n${err}`.trim().split('\n').slice(-linesToShow).join('\n');
      reject(
        new Refused(
          `${program.split('/').at(-1)} ${args.slice(0, 3).join(' ')} ended with ${code}:\n${said}`,
        ),
      );
    });
    child.stdin.end(input);
  });

/** A connection to a service within the cluster, until it is closed. */
export type Forward = { readonly url: string; readonly close: () => Promise<void> };

const ended = (child: ChildProcess): Promise<void> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise((resolve) => child.once('exit', () => resolve()));

/** One namespace of a cluster. */
export class Cluster {
  constructor(
    private readonly access: Access,
    readonly namespace: string,
  ) {}

  kubectl(args: readonly string[], input?: string): Promise<string> {
    return runProgram(this.access.kubectl, ['--namespace', this.namespace, ...args], this.#with(input));
  }

  helm(args: readonly string[]): Promise<string> {
    return runProgram(this.access.helm, [...args, '--namespace', this.namespace], this.#with());
  }

  /** Makes these objects. */
  async apply(...objects: readonly object[]): Promise<void> {
    const list = { apiVersion: 'v1', kind: 'List', items: objects };
    await this.kubectl(['apply', '--filename', '-'], JSON.stringify(list));
  }

  async get<T>(...what: readonly string[]): Promise<T> {
    return JSON.parse(await this.kubectl(['get', ...what, '--output', 'json'])) as T;
  }

  /** Brings a Service's port 80 to this machine, or another port of something else. */
  async forward(
    service: string,
    there: { readonly kind?: string; readonly port?: number } = {},
  ): Promise<Forward> {
    const { kind = 'service', port: theirs = 80 } = there;
    const port = await freePort();
    const args = ['--namespace', this.namespace, 'port-forward', `${kind}/${service}`, `${port}:${theirs}`];
    const child = spawn(this.access.kubectl, args, {
      env: { ...process.env, KUBECONFIG: this.access.kubeconfig },
      /* What is not a service is asked until it answers: its refusals are no news. */
      stdio: ['ignore', 'pipe', kind === 'service' ? 'inherit' : 'ignore'],
    });
    const kill = (): void => void child.kill('SIGKILL');
    process.once('exit', kill);
    await new Promise<void>((resolve, reject) => {
      child.stdout.once('data', () => resolve());
      child.once('exit', (code) => reject(new Refused(`port-forward to ${service} ended with ${code}`)));
    });
    return {
      url: `http://127.0.0.1:${port}`,
      close: async () => {
        process.removeListener('exit', kill);
        kill();
        await ended(child);
      },
    };
  }

  #with(input?: string) {
    const env = { KUBECONFIG: this.access.kubeconfig };
    return input === undefined ? { env } : { env, input };
  }
}
