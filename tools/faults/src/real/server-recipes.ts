import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterOutageMs, allNodes, wait, workedAgain, type Recipe, type Scene } from './scene';

const run = promisify(execFile);

const brokerEnds = (signal: 'SIGTERM' | 'SIGKILL', short: boolean): Recipe => ({
  name: signal === 'SIGKILL' ? 'broker-kill' : 'broker-stop',
  say: `${signal} of the broker under load, and its start on the same data`,
  short,
  run: async (scene) => {
    const { kafka } = scene.system.parts;
    await kafka.signal(signal);
    await wait(500 + scene.random() * 1_000);
    await kafka.start();
    return workedAgain(scene, afterOutageMs);
  },
});

const brokerFreeze: Recipe = {
  name: 'broker-freeze',
  say: 'SIGSTOP of the broker for over a minute',
  short: false,
  run: async (scene) => {
    const { kafka } = scene.system.parts;
    await kafka.signal('SIGSTOP');
    await wait(65_000);
    await kafka.signal('SIGCONT');
    return workedAgain(scene, afterOutageMs);
  },
};

/**
 * The server acknowledges before its file has it, so what was acknowledged must be let into the file first: that is no
 * promise of ours, but of a real MongoDB with a journal. Cut first, so that writes still take effect unacknowledged.
 */
const flushedMs = 1_000;

const databaseKill: Recipe = {
  name: 'database-kill',
  say: 'connections to the database cut within writes, then SIGKILL and start on the same data',
  short: true,
  run: async (scene) => {
    const { mongo } = scene.system.parts;
    const nodes = allNodes(scene.system);
    await Promise.all(nodes.map((node) => node.mongo.spoil({ kind: 'refuse' })));
    await wait(flushedMs);
    await mongo.signal('SIGKILL');
    await mongo.start();
    await Promise.all(nodes.map((node) => node.mongo.heal()));
    return workedAgain(scene, afterOutageMs);
  },
};

const databaseStop: Recipe = {
  name: 'database-stop',
  say: 'SIGTERM of the database under load, and its start on the same data',
  short: false,
  run: async (scene) => {
    const { mongo } = scene.system.parts;
    await mongo.signal('SIGTERM');
    await wait(scene.random() * 2_000);
    await mongo.start();
    return workedAgain(scene, afterOutageMs);
  },
};

const databaseFreeze: Recipe = {
  name: 'database-freeze',
  say: 'SIGSTOP of the database for twenty seconds',
  short: false,
  run: async (scene) => {
    const { mongo } = scene.system.parts;
    await mongo.signal('SIGSTOP');
    await wait(20_000);
    await mongo.signal('SIGCONT');
    return workedAgain(scene, afterOutageMs);
  },
};

const ended = async ({ system }: Scene, limitMs: number): Promise<boolean> => {
  const pid = system.parts.kafka.pid();
  const until = Date.now() + limitMs;
  while (Date.now() < until) {
    try {
      process.kill(pid, 0);
    } catch {
      return true;
    }
    await wait(100);
  }
  return false;
};

const refusedWrites: Recipe = {
  name: 'refused-writes',
  say: 'the broker may not let any file grow, as on a full disk; then it is started without the limit',
  short: false,
  run: async (scene) => {
    const { kafka } = scene.system.parts;
    await run('prlimit', ['--pid', String(kafka.pid()), '--fsize=1']);
    scene.say((await ended(scene, 8_000)) ? 'the broker gave up' : 'the broker lives on without its disk');
    await kafka.signal('SIGKILL');
    await kafka.start();
    return workedAgain(scene, afterOutageMs);
  },
};

/** Faults of the servers that all services need. */
export const serverRecipes: readonly Recipe[] = [
  brokerEnds('SIGKILL', true),
  databaseKill,
  brokerEnds('SIGTERM', false),
  brokerFreeze,
  databaseStop,
  databaseFreeze,
  refusedWrites,
];
