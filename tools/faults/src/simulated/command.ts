import { InvalidArgumentError, Option, type Command } from 'commander';
import { playBatch, type Tally } from './batch';
import { playCampaign } from './campaign';
import { faultKinds } from './faults';
import { mutations, type MutationName } from './mutations';
import { run } from './run';
import type { Problem } from './run-result';
import { shrink } from './shrink';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
/** So many that every kind of fault has to happen among them. */
const manyRuns = 1_000;
const manyByDefault = 10_000;
/** Which run catches a broken rule is chance, and changes with every wait that a service gains. */
const runsPerMutation = 400;
const number = new Intl.NumberFormat('en');

const sentence = (problem: Problem): string =>
  `  ${problem.invariant}  ${'phone' in problem && problem.phone ? `${problem.phone}: ` : ''}${problem.detail}`;

type Wanted = { readonly seed: number; readonly runs: number; readonly mutation?: MutationName };

const showOne = async ({ seed, mutation }: Wanted): Promise<number> => {
  const result = await run({ seed, traced: true, ...(mutation && { mutation: mutations[mutation] }) });
  result.trace.forEach(say);
  result.problems.map(sentence).forEach(say);
  say(`seed ${seed}: ${result.faults.length} faults, ${result.problems.length} violations`);
  return result.problems.length === 0 ? 0 : 1;
};

const explain = async (seed: number, { mutation }: Wanted): Promise<void> => {
  say(`\nseed ${seed} broke something; looking for a smaller run`);
  const { result, records, faults, tries } = await shrink(seed, mutation && mutations[mutation]);
  result.trace.forEach(say);
  say(`\n${records} records and ${faults.length} faults are enough (${tries} runs were tried):`);
  result.problems.map(sentence).forEach(say);
  const flag = mutation === undefined ? '' : ` --mutation '${mutation}'`;
  say(`\nthe whole run again: npm run faults -- simulated --seed ${seed} --verbose${flag}`);
};

/** At most one line in two seconds, so that a log stays readable. */
const progressLine = (wanted: Wanted): ((tally: Tally) => void) => {
  const started = Date.now();
  let saidAt = started;
  return ({ runs, steps }) => {
    if (Date.now() - saidAt < 5_000) return;
    saidAt = Date.now();
    const perSecond = Math.round((runs * 1_000) / (saidAt - started));
    say(
      `${number.format(runs)} of ${number.format(wanted.runs)} runs, ${perSecond} a second, ${number.format(steps)} steps`,
    );
  };
};

const playAll = async (wanted: Wanted): Promise<number> => {
  const { seed, runs } = wanted;
  say(`playing ${number.format(runs)} runs from seed ${seed} on`);
  const tally = await playCampaign(wanted, progressLine(wanted));
  const faults = Object.entries(tally.faults).sort((a, b) => b[1] - a[1]);
  say(`faults: ${faults.map(([kind, count]) => `${number.format(count)} ${kind}`).join(', ')}`);
  const never = runs < manyRuns ? [] : faultKinds.filter((kind) => tally.faults[kind] === undefined);
  for (const kind of never) say(`'${kind}' never happened: these runs do not try it`);
  if (tally.failed !== undefined) await explain(tally.failed, wanted);
  say(`${number.format(tally.runs)} runs, ${tally.failed === undefined ? 0 : 1} violations`);
  return tally.failed === undefined && never.length === 0 ? 0 : 1;
};

/** A checker that misses a broken rule proves nothing about a sound one. Most are caught before a worker has started. */
const playMutations = async (): Promise<number> => {
  const names = Object.keys(mutations).filter((name): name is MutationName => name in mutations);
  let missed = 0;
  for (const mutation of names) {
    const { failed } = await playBatch({ from: 1, runs: runsPerMutation, mutation });
    if (failed === undefined) missed += 1;
    say(`${failed === undefined ? 'MISSED' : `caught by seed ${failed}`}: ${mutation}`);
  }
  say(`${names.length} broken protocols, ${missed} missed`);
  return missed === 0 ? 0 : 1;
};

const wholeNumber = (text: string): number => {
  if (!/^\d{1,9}$/.test(text))
    throw new InvalidArgumentError('It takes a whole number of at most nine digits.');
  return Number(text);
};

const runsTyped = (text: string): number => {
  const runs = wholeNumber(text);
  if (runs === 0) throw new InvalidArgumentError('It takes at least 1: nothing played proves nothing.');
  return runs;
};

type Typed = { seed?: number; runs?: number; mutation?: MutationName; verbose?: true; everyMutation?: true };

const play = ({ seed, runs, mutation, verbose, everyMutation }: Typed): Promise<number> => {
  const wanted = {
    seed: seed ?? 1,
    runs: runs ?? (seed === undefined ? manyByDefault : 1),
    ...(mutation && { mutation }),
  };
  if (everyMutation) return playMutations();
  return verbose ? showOne(wanted) : playAll(wanted);
};

/** Thousands of runs in memory; the exit code says whether any rule was broken. */
export const addSimulated = (program: Command): void => {
  program
    .command('simulated')
    .description(
      'the services over a log and stores in memory, each run with the faults of its seed, and what is left behind',
    )
    .option('--seed <n>', 'the first run (1)', wholeNumber)
    .option('--runs <n>', `how many (${number.format(manyByDefault)}; one where a seed is given)`, runsTyped)
    .addOption(new Option('--mutation <name>', 'break one rule on purpose').choices(Object.keys(mutations)))
    .addOption(new Option('--verbose', 'print what happened in the run of one seed').conflicts('runs'))
    .option(
      '--every-mutation',
      `break one rule after the other: each must be caught within ${runsPerMutation} runs`,
    )
    .action(async (typed: Typed) => {
      process.exitCode = await play(typed);
    });
};
