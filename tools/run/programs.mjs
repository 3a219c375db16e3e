import { spawn, spawnSync } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's top folder, wherever the command was started. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

const children = new Set();
let stopping = false;

/**
 * Runs a program to its end in the repository's top folder; answers its exit code. With `yields`, whatever else wants
 * the processor comes first.
 */
export const run = (program, args, { yields = false, ...options } = {}) =>
  new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: root,
      stdio: 'inherit',
      ...options,
      env: { ...process.env, ...options.env },
    });
    children.add(child);
    if (yields && child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
    child.once('error', (error) => {
      process.stderr.write(`${program}: ${error.message}\n`);
      resolve(127);
    });
    child.once('exit', (code, signal) => {
      children.delete(child);
      resolve(signal ? 1 : (code ?? 1));
    });
  });

/** npm, as it is called here. */
export const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

/** Runs a script or binary with the Node that runs this. */
export const runNode = (args, options) => run(process.execPath, args, options);

/** Whether a program is on PATH and says its version. */
export const answers = (program, args = ['--version']) =>
  spawnSync(program, args, { stdio: 'ignore' }).status === 0;

/** On Ctrl-C or SIGTERM: passes it on to what we started, cleans up, then ends. Twice is not waited for. */
export const endWithSignals = (cleanUp = () => Promise.resolve()) => {
  const end = (signal) => {
    if (stopping) process.exit(130);
    stopping = true;
    for (const child of children) child.kill(signal);
    void cleanUp().finally(() => process.exit(signal === 'SIGINT' ? 130 : 143));
  };
  process.on('SIGINT', () => end('SIGINT'));
  process.on('SIGTERM', () => end('SIGTERM'));
};
