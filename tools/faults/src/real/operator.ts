import { Readable } from 'node:stream';
import { runDialog } from '@stopcovid/dialog';
import type { Scene } from './scene';

const environmentName = 'faults';

/** What a command line ended with and said. */
export type Said = { readonly exit: number; readonly out: readonly string[] };

/** One command of the operator, as typed; its time is told. */
export const operate = async ({ system, say }: Scene, ...args: readonly string[]): Promise<Said> => {
  const since = performance.now();
  const out: string[] = [];
  const err: string[] = [];
  const terminal = {
    input: Readable.from([]),
    out: (line: string) => void out.push(line),
    err: (line: string) => void err.push(line),
  };
  const exit = await runDialog(args, terminal, {
    KAFKA_BROKERS: system.direct.kafka.brokers.join(','),
    MONGODB_URL: system.direct.mongodbUrl,
    DIALOG_ENVIRONMENT: environmentName,
  });
  const ms = Math.round(performance.now() - since);
  say(`dialog ${args.join(' ')}: ${exit} after ${ms} ms, ${out.at(-1) ?? err.at(-1) ?? ''}`);
  return { exit, out: exit === 0 ? out : [...out, ...err] };
};

/** The same, of which 0 is expected: all else breaks a promise. */
export const operateWell = async (scene: Scene, ...args: readonly string[]): Promise<void> => {
  const { exit, out } = await operate(scene, ...args);
  if (exit !== 0) scene.broken.push(`dialog ${args.join(' ')} ended with ${exit}: ${out.join('; ')}`);
};

export const nameEnvironment = (scene: Scene, ...more: readonly string[]): Promise<void> =>
  operateWell(scene, 'environment', 'set', environmentName, ...more);
export const insteadOfItself = ['--instead-of', environmentName] as const;
