import { Option, type Command } from 'commander';
import { count, peakMb, say, withStage } from '../kit';
import { checkMemory, databaseHeapMb } from './memory';
import { carrierRate } from './carrier-rate';
import { crowds, type Options } from './options';
import { peopleOf } from './people';
import { playDay } from './play';
import { isSound, reportOf } from './report';
import { resultOf, type Result } from './result';
import { startDaySystem } from './system';

/** Ends the program with one line where there are not so many people, or where they do not fit this machine. */
const checkSize = (options: Options, command: Command): void => {
  try {
    peopleOf(options);
    checkMemory(options);
  } catch (error) {
    if (error instanceof RangeError) command.error(error.message);
    throw error;
  }
};

const measure = async (options: Options): Promise<Result> => {
  const needs = { name: 'day', ownServers: true, databaseHeapMb: databaseHeapMb(options) };
  return withStage(needs, async (stage) => {
    const system = await startDaySystem(stage, { ...options, carrierPerSecond: carrierRate(options) });
    return resultOf(system, await playDay(system, options), options);
  });
};

export const addDay = (program: Command): void => {
  program
    .command('day')
    .description('a working day of everybody on the whole system: minutes, on servers of its own')
    .option('--trainees <n>', 'how many get a drill at nine', count(), 1_000)
    .option('--replicas <n>', 'how many processes of each service', count(1, 8), 1)
    .option('--seed <n>', 'whose answers people give', count(0, 0xffff_fffe), 1)
    .addOption(
      new Option('--crowd <kind>', 'hard: crowded partition and employer, slow carrier, a short window')
        .choices(crowds)
        .default('usual'),
    )
    .option('--think-ms <n>', 'the longest that somebody thinks before an answer', count(0, 60_000), 4_000)
    .option(
      '--warm-texts <n>',
      'how many texts strangers write before anything is measured',
      count(0),
      10_000,
    )
    .option('--rest-seconds <n>', 'how long is measured what an idle system costs', count(0), 60)
    .option('--idle-texts <n>', 'how many texts are sent one after another before the day', count(0), 50)
    .option('--half-seconds <n>', 'how long half of the load is kept up after the day', count(0), 20)
    .option('--trickle-seconds <n>', 'how long a trickle is kept up after that', count(0), 60)
    .option('--trickle-per-second <n>', 'how many texts of people a second are a trickle', count(), 10)
    .option('--json', 'prints all figures as JSON', false)
    .action(async (options: Options, command: Command) => {
      checkSize(options, command);
      const result = await measure(options);
      if (options.json) console.log(JSON.stringify(result, null, 2));
      say(`the benchmark itself held ${Math.round(peakMb(process.pid))} MB at most`);
      /* Beside figures for a file the report is for who waits. */
      console[options.json ? 'error' : 'log'](reportOf(result));
      if (!isSound(result)) process.exitCode = 1;
    });
};
