import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { figuresTable, shown, tableOf, runBench, say, sayMachine, type Figure } from '../kit';
import { topicSettings } from '@stopcovid/contracts';
import { createTopics } from '@stopcovid/kafka';
import { PartsUnavailable, startParts } from '@stopcovid/real-parts';
import { startBare, startOurs, type Contestant } from './contestants';
import { measureLatency, measureMemory, measureRates, rateFigures, type Rates } from './measure';
import { optionsOf, type Options } from './options';

const root = join(__dirname, '../../../..');

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
    sayMachine();
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

runBench(main, [PartsUnavailable]);
