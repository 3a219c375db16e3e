import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** A Java program that runs until `stop`. */
export type Jvm = {
  readonly pid: number;
  readonly stop: () => Promise<void>;
  /** Sends a signal; resolves when the program has ended, and at once for signals that end nothing. */
  readonly signal: (signal: 'SIGTERM' | 'SIGKILL' | 'SIGSTOP' | 'SIGCONT') => Promise<void>;
};

export type JvmRequest = {
  readonly name: string;
  readonly args: readonly string[];
  readonly logFile: string;
  /** The line of output that says the program serves. */
  readonly ready: RegExp;
  readonly timeoutMs: number;
};

const exited = (child: ChildProcess): Promise<void> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise((resolve) => child.once('exit', () => resolve()));

/** Asks the program to end, and insists after five seconds. */
const stopChild = async (child: ChildProcess): Promise<void> => {
  child.kill('SIGTERM');
  const insist = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await exited(child);
  clearTimeout(insist);
};

const untilReady = (child: ChildProcess, request: JvmRequest): Promise<void> =>
  new Promise((resolve, reject) => {
    const fail = (why: string): void =>
      reject(new Error(`${request.name} ${why}; its output is in ${request.logFile}`));
    const timer = setTimeout(
      () => fail(`was not ready within ${request.timeoutMs / 1_000} s`),
      request.timeoutMs,
    );
    child.once('exit', (code) => fail(`ended with code ${code}`));
    child.once('error', (error) => fail(`could not be started: ${error.message}`));
    const log = createWriteStream(request.logFile, { flags: 'a' });
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue;
      createInterface({ input: stream }).on('line', (line) => {
        log.write(`${line}\n`);
        if (!request.ready.test(line)) return;
        clearTimeout(timer);
        resolve();
      });
    }
  });

/** Starts a Java program and waits for its ready line. The program ends with this process, however that ends. */
export const startJvm = async (request: JvmRequest): Promise<Jvm> => {
  const child = spawn('java', [...request.args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const killAtExit = (): void => void child.kill('SIGKILL');
  process.once('exit', killAtExit);
  try {
    await untilReady(child, request);
  } catch (error) {
    await stopChild(child);
    throw error;
  }
  return {
    pid: child.pid ?? 0,
    stop: async () => {
      process.removeListener('exit', killAtExit);
      await stopChild(child);
    },
    signal: async (signal) => {
      child.kill(signal);
      if (signal === 'SIGTERM' || signal === 'SIGKILL') await exited(child);
    },
  };
};
