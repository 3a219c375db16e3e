import type { Command } from 'commander';
import { count, onStage } from '../kit';
import { startCarrier } from './ground';
import { measureSweep } from './measure';
import type { Options } from './options';
import { outage } from './outage';

/** What the emulator's crowd and its list allow. */
const mostPhones = 78_000;
const longestPageMs = 20_000;

export const addSweep = (program: Command): void => {
  program
    .command('sweep')
    .description("how fast sms-ingress catches up after an hour's outage: about two minutes")
    .option('--texts <n>', 'texts that came in during the outage', count(1, 2_000_000), 360_000)
    .option('--phones <n>', 'how many phones wrote them', count(1, mostPhones), 20_000)
    .option('--page-ms <ms>', 'how long the carrier takes for each page', count(0, longestPageMs), 0)
    .action((options: Options) =>
      onStage({ name: 'sweep' }, async (stage) => {
        await stage.makeTopics();
        const carrier = await startCarrier(stage, options.texts);
        await outage(carrier.url, options);
        return measureSweep(options, { stage, carrierUrl: carrier.url });
      }),
    );
};
