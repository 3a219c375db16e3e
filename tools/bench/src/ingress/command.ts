import type { Command } from 'commander';
import { count, only, onStage, shown, tableOf, type Figure, type Stage } from '../kit';
import { startBare, startOurs } from './contestants';
import {
  measureLatency,
  measureMemory,
  measureRates,
  measureTrickle,
  rateFigures,
  type Rates,
} from './measure';
import { parts, type Options } from './options';

const ratesTable = ({ ours, bare }: Rates): string =>
  tableOf(
    ['contestant', 'webhooks per second', 'CPU seconds per 10,000'],
    [
      ['bare route', shown(bare.perSecond), shown(bare.cpuPer10k)],
      ['ours', shown(ours.perSecond), shown(ours.cpuPer10k)],
    ],
  );

const measure = async (stage: Stage, options: Options): Promise<readonly Figure[]> => {
  await stage.makeTopics();
  const ours = await startOurs(stage);
  const bare = await startBare(stage);
  const figures: Figure[] = [];
  if (options.only.includes('throughput') || options.only.includes('latency')) {
    const rates = await measureRates([ours, bare], options);
    console.log(ratesTable(rates));
    figures.push(...rateFigures(rates));
    if (options.only.includes('latency')) figures.push(...(await measureLatency(ours, rates.ours)));
  }
  if (options.only.includes('trickle')) figures.push(...(await measureTrickle(ours, stage.parts.pids)));
  if (options.only.includes('memory')) figures.push(...(await measureMemory(ours, options)));
  return figures;
};

export const addIngress = (program: Command): void => {
  program
    .command('ingress')
    .description('webhooks a second beside a bare route; latency and memory: about seven minutes')
    .option('--requests <n>', 'webhooks per contestant and round', count(), 30_000)
    .option('--connections <n>', 'kept connections', count(), 64)
    .option('--rounds <n>', 'rounds of throughput', count(), 3)
    .option('--forged <n>', 'forged webhooks of the part memory', count(), 1_000_000)
    .addOption(only(parts))
    .action((options: Options) => onStage({ name: 'ingress' }, (stage) => measure(stage, options)));
};
