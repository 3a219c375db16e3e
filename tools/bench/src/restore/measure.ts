import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { cpuSeconds, residentMb, root, type Figure, type Stage } from '../kit';
import type { Options } from './options';

const name = 'bench';
const million = 1_000_000;
const goalSeconds = 600;
const lookEveryMs = 250;

type Ran = { readonly seconds: number; readonly cpu: number; readonly mostMb: number; readonly code: number };

/** The command line in a process of its own, as an operator starts it. */
const dialog = async (stage: Stage, args: readonly string[]): Promise<Ran> => {
  const since = performance.now();
  const child = spawn(process.execPath, [join(root, 'tools', 'dialog', 'dist', 'main.js'), ...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      KAFKA_BROKERS: stage.parts.kafkaBrokers,
      MONGODB_URL: stage.databaseUrl(`bench_restore_${process.pid}`),
      DIALOG_ENVIRONMENT: name,
    },
  });
  stage.endWith(async () => void child.kill());
  let [cpu, mostMb] = [0, 0];
  const looking = setInterval(() => {
    cpu = Math.max(cpu, cpuSeconds(child.pid) || 0);
    mostMb = Math.max(mostMb, residentMb(child.pid) || 0);
  }, lookEveryMs);
  const [code] = (await once(child, 'exit')) as [number | null];
  clearInterval(looking);
  return { seconds: (performance.now() - since) / 1_000, cpu, mostMb, code: code ?? 1 };
};

/** Throws where it did not end with 0. */
const dialogWell = async (stage: Stage, args: readonly string[]): Promise<Ran> => {
  const ran = await dialog(stage, args);
  if (ran.code !== 0) throw new Error(`dialog ${args.join(' ')} ended with ${ran.code}`);
  return ran;
};

/** Folds all dialogs into an empty database, again with nothing to do, and has both compared. */
export const measureRestore = async (stage: Stage, { dialogs }: Options): Promise<readonly Figure[]> => {
  await dialogWell(stage, ['environment', 'set', name]);
  const first = await dialogWell(stage, ['restore', 'fold', '--yes']);
  const again = await dialogWell(stage, ['restore', 'fold', '--yes']);
  /* Outboxes and projections lack all of it, which is what it is to find. */
  const check = await dialog(stage, ['restore', 'check']);
  const rate = dialogs / first.seconds;
  return [
    { name: `seconds to fold ${dialogs} dialogs into an empty database`, value: first.seconds },
    { name: 'dialogs a second', value: rate, goal: { at: 'least', value: million / goalSeconds } },
    { name: 'CPU seconds of the command', value: first.cpu },
    { name: 'megabytes resident at most', value: first.mostMb },
    { name: 'seconds to fold again, with nothing to do', value: again.seconds },
    { name: 'seconds of restore check', value: check.seconds },
  ];
};
