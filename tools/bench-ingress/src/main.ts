import { mkdtempSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { figuresTable, shown, tableOf, type Figure } from '@stopcovid/bench-kit';
import { topicSettings } from '@stopcovid/contracts';
import { createTopics } from '@stopcovid/kafka';
import { PartsUnavailable, startParts } from '@stopcovid/real-parts';
import { startBare, startOurs, type Contestant } from './contestants';
import { measureLatency, measureMemory, measureRates, rateFigures, type Rates } from './measure';
import { optionsOf, UsageError, type Options } from './options';

const root = join(__dirname, '../../..');
const startedAt = performance.now();

const say = (line: string): void => {
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(0).padStart(5);
  process.stderr.write(`${seconds} s  ${line}\n`);
};

const ratesTable = ({ ours, bare }: Rates): string =>
  tableOf(
    ['contestant', 'webhooks per second', 'CPU seconds per 10,000'],
    [
      ['bare route', shown(bare.perSecond), shown(bare.cpuPer10k)],
      ['ours', shown(ours.perSecond), shown(ours.cpuPer10k)],
    ],
  );

const figuresOf = async (
  contestants: readonly [Contestant, Contestant],
  options: Options,
): Promise<readonly Figure[]> => {
  const [ours] = contestants;
  const { only } = options;
  const figures: Figure[] = [];
  if (only.includes('throughput') || only.includes('latency')) {
    const rates = await measureRates(contestants, options, say);
    console.log(ratesTable(rates));
    figures.push(...rateFigures(rates));
    if (only.includes('latency')) figures.push(...(await measureLatency(ours, rates.ours, say)));
  }
  if (only.includes('memory')) figures.push(...(await measureMemory(ours, options, say)));
  return figures;
};

const main = async (): Promise<void> => {
  const options = optionsOf(process.argv.slice(2));
  const parts = await startParts({
    environment: process.env,
    cacheDirectory: join(root, '.cache', 'real-parts'),
    say,
  });
  const running: Contestant[] = [];
  try {
    const { kafkaBrokers } = parts;
    await createTopics({ brokers: kafkaBrokers.split(','), clientId: 'bench-ingress' }, topicSettings(12));
    say(
      `${cpus().length} cores, Node ${process.version}, load ${loadavg()
        .map((load) => load.toFixed(1))
        .join(' ')}`,
    );
    const logDirectory = mkdtempSync(join(tmpdir(), 'stopcovid-bench-'));
    const ours = await startOurs({ root, kafkaBrokers, logDirectory });
    running.push(ours);
    const bare = await startBare();
    running.push(bare);
    console.log(figuresTable(await figuresOf([ours, bare], options)));
  } finally {
    await Promise.all(running.map((contestant) => contestant.stop()));
    await parts.stop();
  }
};

main().catch((error: unknown) => {
  const expected = error instanceof UsageError || error instanceof PartsUnavailable;
  process.stderr.write(
    `${expected ? error.message : String(error instanceof Error ? error.stack : error)}\n`,
  );
  process.exitCode = 2;
});
