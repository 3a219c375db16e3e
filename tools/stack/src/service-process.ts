import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { ServiceProcess } from './environment';

/** A service that runs as a process of its own. */
export type RunningService = {
  readonly app: string;
  readonly url: string;
  readonly pid: number;
  /** Where its log lines go. */
  readonly logFile: string;
  /** Resolves with the exit code when it ends, however it ends. */
  readonly ended: Promise<number | null>;
  /** Asks it to stop, as Kubernetes would, and waits; insists after the grace period. */
  readonly stop: (graceMs?: number) => Promise<void>;
  readonly kill: (signal: NodeJS.Signals) => void;
};

export type Surroundings = { readonly root: string; readonly logDirectory: string };

const ending = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => child.once('exit', (code) => resolve(code)));

/** What still runs when this process ends is ended with it. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Starts one process; it inherits PATH and HOME, and nothing else that could tell it what to do. */
export const startService = (
  { app, url, env, program }: ServiceProcess,
  { root, logDirectory }: Surroundings,
): RunningService => {
  const logFile = join(logDirectory, `${app}.log`);
  const { PATH, HOME } = process.env;
  const log = openSync(logFile, 'a');
  const child = spawn(process.execPath, program ?? [join(root, 'apps', app, 'dist', 'main.js')], {
    cwd: root,
    env: { ...(PATH === undefined ? {} : { PATH }), ...(HOME === undefined ? {} : { HOME }), ...env },
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  running.add(child);
  const ended = ending(child).finally(() => running.delete(child));
  return {
    app,
    url,
    pid: child.pid ?? 0,
    logFile,
    ended,
    kill: (signal) => void child.kill(signal),
    stop: async (graceMs = 20_000) => {
      child.kill('SIGTERM');
      const insist = setTimeout(() => child.kill('SIGKILL'), graceMs);
      await ended;
      clearTimeout(insist);
    },
  };
};

const isReady = async (url: string): Promise<boolean> => {
  try {
    const response = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(2_000) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
};

/** Waits until a service says that it is ready. Throws when it ends instead, or takes longer than the limit. */
export const untilReady = async (service: RunningService, limitMs: number): Promise<void> => {
  const until = Date.now() + limitMs;
  let code: number | null | undefined;
  void service.ended.then((exit) => (code = exit ?? -1));
  while (!(await isReady(service.url))) {
    if (code !== undefined)
      throw new Error(`${service.app} ended with code ${code}; its log is ${service.logFile}`);
    if (Date.now() > until)
      throw new Error(
        `${service.app} was not ready within ${limitMs / 1_000} s; its log is ${service.logFile}`,
      );
    await pause(100);
  }
};
