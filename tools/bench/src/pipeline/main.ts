import { writeFileSync } from 'node:fs';
import { cpus, totalmem, loadavg } from 'node:os';
import { join } from 'node:path';
import { figuresTable, runBench, say, sayMachine, type Figure } from '../kit';
import { PartsUnavailable, startParts } from '@stopcovid/real-parts';
import { measureGrowth, measureHistory, sizesFigures, sizesTable, type Size } from './growth';
import { latencyFigures, latencyTable, measureLatency, type Latencies } from './latency';
import { measureMemory, memoryFigures, memoryTable, type Memory } from './memory';
import { optionsOf, type Options } from './options';
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

const root = join(__dirname, '../../../..');
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

const measure = async (world: World, options: Options): Promise<void> => {
  const before = machine();
  sayMachine();
  const fast = await fastFindings(world, options);
  const findings = { ...fast, ...(await slowFindings(world, options)) };
  const figures = figuresOf(findings);
  show('Goals', figuresTable(figures));
  if (options.json !== undefined)
    writeFileSync(options.json, JSON.stringify({ options, machine: before, figures, findings }, null, 2));
};

const main = async (): Promise<void> => {
  const options = optionsOf(process.argv.slice(2));
  const cacheDirectory = join(root, '.cache', 'real-parts');
  const parts = await startParts({ environment: process.env, cacheDirectory, say, databaseHeapMb });
  const world = await World.open({ parts, root, say }).catch(async (error: unknown) => {
    await parts.stop();
    throw error;
  });
  const end = async (): Promise<void> => {
    await world.close().catch((error: unknown) => say(`cleaning up: ${String(error)}`));
    await parts.stop();
  };
  const interrupted = (): void => {
    say('stopping');
    void end().finally(() => process.exit(130));
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, interrupted);
  try {
    await measure(world, options);
  } finally {
    await end();
  }
};

runBench(main, [PartsUnavailable]);
