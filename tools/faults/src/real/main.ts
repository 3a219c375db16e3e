import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { PartsUnavailable } from '@stopcovid/real-parts';
import { optionsOf, WrongOptions, type Options } from './options';
import { recipes } from './recipes';
import { tableOf, violationLine } from './report';
import { playRound } from './round';
import type { Recipe } from './scene';
import type { System } from './system';

const root = join(__dirname, '..', '..', '..', '..');
const tell = (line: string): void => void process.stdout.write(`${line}\n`);
const say = (line: string): void => tell(`› ${new Date().toISOString().slice(11, 19)} ${line}`);

let running: System | undefined;
const end = async (): Promise<void> => {
  const system = running;
  running = undefined;
  await system?.stop();
};

const chosen = ({ short, recipes: names }: Options): readonly Recipe[] =>
  names.length > 0
    ? recipes.filter(({ name }) => names.includes(name))
    : recipes.filter((recipe) => recipe.short || !short);

/** One round; answers how many violations it had. */
const round = async (seed: number, cook: readonly Recipe[]): Promise<number> => {
  say(`seed ${seed}`);
  const onSystem = (system: System): void => void (running = system);
  const result = await playRound({ root, seed, recipes: cook, say, onSystem });
  for (const line of [...tableOf(result.measures), result.totals, ...result.idle]) tell(line);
  for (const violation of result.violations) tell(violationLine(violation));
  if (result.violations.length > 0)
    tell(`again: npm run faults -- real --seed ${seed} --recipe ${cook.map(({ name }) => name).join(',')}`);
  if (result.violations.length > 0)
    tell(`logs, and what is left of the phones: ${running?.logDirectory ?? 'nowhere'}`);
  await end();
  return result.violations.length;
};

const play = async (options: Options): Promise<void> => {
  const until = Date.now() + (options.minutes ?? 0) * 60_000;
  const cook = chosen(options);
  let [seed, played, violations] = [options.seed, 0, 0];
  do {
    violations += await round(seed, cook);
    played += cook.length;
    seed += 1;
  } while (Date.now() < until && violations === 0);
  tell(`${played} recipes, ${violations} violations`);
  process.exitCode = violations > 0 ? 1 : 0;
};

const messageOf = (error: unknown): string => {
  if (error instanceof WrongOptions || error instanceof PartsUnavailable) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
};

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    void end().finally(() => process.exit(signal === 'SIGINT' ? 130 : 143));
  });

const main = async (): Promise<void> => {
  const names = recipes.map(({ name }) => name);
  await play(optionsOf(process.argv.slice(2), names, () => randomInt(1_000_000)));
};

main().then(
  () => process.exit(process.exitCode),
  async (error: unknown) => {
    process.stderr.write(`${messageOf(error)}\n`);
    await end();
    process.exit(1);
  },
);
