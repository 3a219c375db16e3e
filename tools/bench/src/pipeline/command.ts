import { writeFileSync } from 'node:fs';
import { cpus, totalmem, loadavg } from 'node:os';
import type { Command } from 'commander';
import { count, only, onStage, type Figure } from '../kit';
import { measureGrowth, measureHistory, sizesFigures, sizesTable, type Size } from './growth';
import { latencyFigures, latencyTable, measureLatency, type Latencies } from './latency';
import { measureMemory, memoryFigures, memoryTable, type Memory } from './memory';
import { parts, sized, type Options, type Typed } from './options';
import { measureThroughput, throughputFigures, throughputTable, type Throughput } from './throughput';
import { World } from './world';

/** What one run found. */
type Findings = {
  readonly throughput?: Throughput;
  readonly latency?: Latencies;
  readonly growth?: readonly Size[];
  readonly history?: readonly Size[];
  readonly memory?: Memory;
};

const databaseHeapMb = 6_144;

const show = (title: string, table: string): void => console.log(`\n${title}\n${table}`);

/** Latency at half load needs to know what the whole load is. */
const fastFindings = async (world: World, options: Options): Promise<Findings> => {
  const { only } = options;
  if (!only.includes('throughput') && !only.includes('latency')) return {};
  const rounds = only.includes('throughput') ? options.rounds : 1;
  const throughput = await measureThroughput(world, { ...options, rounds });
  show('Throughput', throughputTable(throughput));
  if (!only.includes('latency')) return { throughput };
  const latency = await measureLatency(world, options, throughput);
  show('Latency', latencyTable(latency));
  return { throughput, latency };
};

const slowFindings = async (world: World, options: Options): Promise<Findings> => {
  const { only } = options;
  const growth = only.includes('growth') ? await measureGrowth(world, options) : undefined;
  if (growth) show('Documents present', sizesTable('documents', growth));
  const history = only.includes('history') ? await measureHistory(world, options) : undefined;
  if (history) show('History of one trainee', sizesTable('drills', history));
  const memory = only.includes('memory') ? await measureMemory(world, options) : undefined;
  if (memory) show('Memory of our engine', memoryTable(memory));
  return { ...(growth && { growth }), ...(history && { history }), ...(memory && { memory }) };
};

const figuresOf = ({ throughput, latency, growth, history, memory }: Findings): readonly Figure[] => [
  ...(throughput ? throughputFigures(throughput) : []),
  ...(latency ? latencyFigures(latency) : []),
  ...(growth ? sizesFigures('documents present', growth) : []),
  ...(history ? sizesFigures('history', history) : []),
  ...(memory ? memoryFigures(memory) : []),
];

const machine = () => ({
  node: process.version,
  cores: cpus().length,
  processor: cpus()[0]?.model ?? 'unknown',
  memoryGb: Math.round(totalmem() / 2 ** 30),
  load: loadavg(),
});

const measure = async (world: World, options: Options): Promise<readonly Figure[]> => {
  const before = machine();
  const fast = await fastFindings(world, options);
  const findings = { ...fast, ...(await slowFindings(world, options)) };
  const figures = figuresOf(findings);
  if (options.json !== undefined)
    writeFileSync(options.json, JSON.stringify({ options, machine: before, figures, findings }, null, 2));
  console.log('\nGoals');
  return figures;
};

export const addPipeline = (program: Command): void => {
  program
    .command('pipeline')
    .description('the engine beside a stock service and a raw loop, on one broker and store: over an hour')
    .option('--trainees <n>', 'how many take turns (20000; 2000 with --quick)', count())
    .option(
      '--commands <n>',
      'per contestant and round (20000; 4000 with --quick), or of the part memory',
      count(),
    )
    .option('--rounds <n>', 'rounds of throughput (5; 1 with --quick)', count())
    .addOption(only(parts))
    .option('--quick', 'small sizes, one round')
    .option('--profiles <directory>', 'where CPU profiles of our engine are left')
    .option('--json <file>', 'where all that was found is left')
    .action((typed: Typed) =>
      onStage({ name: 'pipeline', databaseHeapMb }, async (stage) =>
        measure(await World.open(stage), sized(typed)),
      ),
    );
};
