import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Option, type Command } from 'commander';
import { root } from '../kit';
import { measureCore } from './core';
import { measureGrading } from './grading';
import { measurementsTable, type Measurement } from './measure';

/** The sample drills, where they are; else the drill of the benchmark itself. */
const sampleDrills = (): string | undefined => {
  const directory = join(root, 'drills');
  return existsSync(join(directory, 'course.yaml')) ? directory : undefined;
};

type Options = { readonly json?: true; readonly drills?: string };

const show = (measurements: readonly Measurement[], { json }: Options): void =>
  console.log(json ? JSON.stringify(measurements, null, 2) : measurementsTable(measurements));

const gradingOf = ({ drills }: Options): Promise<readonly Measurement[]> =>
  measureGrading(drills ?? sampleDrills());

/** The pure heart: `core`, `grading`, and both where nothing is named. */
export const addCore = (program: Command): void => {
  const json = new Option('--json', 'as JSON');
  const drills = new Option('--drills <directory>', 'grade these instead of the sample drills');
  program
    .command('core')
    .description('deciding and folding a mix of full drills, on one core')
    .addOption(json)
    .action((options: Options) => show(measureCore(), options));
  program
    .command('grading')
    .description('grading the replies to the sample drills, on one core')
    .addOption(json)
    .addOption(drills)
    .action(async (options: Options) => show(await gradingOf(options), options));
  program
    .command('all', { isDefault: true })
    .description('core and grading')
    .addOption(json)
    .addOption(drills)
    .action(async (options: Options) => show([...measureCore(), ...(await gradingOf(options))], options));
};
