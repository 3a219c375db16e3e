import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measureCore } from './core';
import { measureGrading } from './grading';
import type { Measurement } from './measure';
import { tableOf } from './report';

const usage = 'npm run bench -- [core|grading|all] [--json] [--drills DIRECTORY]';

/** The sample drills, once there are any; else the drill of the benchmark itself. */
const sampleDrills = (): string | undefined => {
  const directory = join(__dirname, '../../../../drills');
  return existsSync(join(directory, 'course.yaml')) ? directory : undefined;
};

const measure = async (what: string, drills: string | undefined): Promise<readonly Measurement[]> => {
  switch (what) {
    case 'core':
      return measureCore();
    case 'grading':
      return measureGrading(drills);
    case 'all':
      return [...measureCore(), ...(await measureGrading(drills))];
    default:
      throw new Error(`'${what}' is not a benchmark. Usage: ${usage}`);
  }
};

const main = async (): Promise<void> => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'boolean' }, drills: { type: 'string' } },
  });
  const measurements = await measure(positionals[0] ?? 'all', values.drills ?? sampleDrills());
  console.log(values.json ? JSON.stringify(measurements, null, 2) : tableOf(measurements));
};

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
});
