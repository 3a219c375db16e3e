import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';
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

type Options = {
  readonly seed: number;
  readonly minutes?: number;
  readonly short: boolean;
  readonly soak?: number;
  readonly rate: number;
  readonly recipes: readonly string[];
};

const chosen = ({ short, recipes: names }: Options): readonly Recipe[] =>
  names.length > 0
    ? recipes.filter(({ name }) => names.includes(name))
    : recipes.filter((recipe) => !recipe.soaks && (recipe.short || !short));

/** What is played on one system: most together, some by themselves. */
const roundsOf = (cook: readonly Recipe[]): readonly (readonly Recipe[])[] => {
  const together = cook.filter(({ alone }) => !alone);
  const each = cook.filter(({ alone }) => alone).map((recipe) => [recipe]);
  return together.length > 0 ? [together, ...each] : each;
};

const againLine = (seed: number, cook: readonly Recipe[], { soak, rate }: Options): string => {
  const soaks = cook.some((recipe) => recipe.soaks);
  const own = [...(soak === undefined ? [] : [`--soak ${soak}`]), ...(soaks ? [`--rate ${rate}`] : [])];
  const names = cook.map(({ name }) => name).join(',');
  return ['again: npm run faults -- real --seed', seed, '--recipe', names, ...own].join(' ');
};

/** One round; answers how many violations it had. */
const round = async (seed: number, cook: readonly Recipe[], options: Options): Promise<number> => {
  say(`seed ${seed}`);
  const onSystem = (system: System): void => void (running = system);
  const { short, soak: soakMinutes, rate } = options;
  const result = await playRound({ root, seed, recipes: cook, short, soakMinutes, rate, say, onSystem });
  for (const line of [...tableOf(result.measures), result.totals, ...result.idle]) tell(line);
  for (const violation of result.violations) tell(violationLine(violation));
  if (result.violations.length > 0) tell(againLine(seed, cook, options));
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
    for (const own of roundsOf(cook)) violations += await round(seed, own, options);
    played += cook.length;
    seed += 1;
  } while (Date.now() < until && violations === 0);
  tell(`${played} recipes, ${violations} violations`);
  process.exitCode = violations > 0 ? 1 : 0;
};

const seedTyped = (text: string): number => {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('It takes a whole number.');
  return Number(text);
};

const minutesTyped = (text: string): number => {
  const minutes = Number(text);
  if (text.trim() === '' || !(minutes > 0))
    throw new InvalidArgumentError('It takes minutes, more than none.');
  return minutes;
};

const rateTyped = (text: string): number => {
  const rate = Number(text);
  if (text.trim() === '' || !(rate > 0 && rate <= 1_000))
    throw new InvalidArgumentError('It takes texts a second, up to 1000.');
  return rate;
};

const recipesTyped = (text: string): readonly string[] => {
  const known = recipes.map(({ name }) => name);
  const names = text.split(',');
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new InvalidArgumentError(`There is no recipe ${unknown}; there are ${known.join(', ')}.`);
  return names;
};

const endOnSignals = (): void => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      void end().finally(() => process.exit(signal === 'SIGINT' ? 130 : 143));
    });
};

type Typed = Partial<Pick<Options, 'soak' | 'seed' | 'minutes' | 'short'>> &
  Pick<Options, 'rate'> & { readonly recipe?: readonly string[] };

/** The services as processes; the exit code says whether anything was violated. */
export const addReal = (program: Command): void => {
  program
    .command('real')
    .description('the services as processes on real servers, under load, with things broken by recipe')
    .option('--seed <n>', 'plays the same again (by default a fresh one)', seedTyped)
    .addOption(new Option('--short', 'the recipes for CI').conflicts('minutes'))
    .option('--minutes <m>', 'begin rounds with fresh seeds for so long', minutesTyped)
    .option('--soak <m>', 'how long small-batches (10 by default) or soak (60) goes on', minutesTyped)
    .option('--rate <n>', 'texts a second, in and out together, of soak', rateTyped, 100)
    .option(
      '--recipe <name[,name]>',
      `these alone: ${recipes.map(({ name }) => name).join(', ')}`,
      recipesTyped,
    )
    .action(async ({ seed = randomInt(1_000_000), recipe = [], short = false, ...rest }: Typed) => {
      endOnSignals();
      await play({ seed, short, recipes: recipe, ...rest }).finally(end);
      process.exit(process.exitCode);
    });
};
