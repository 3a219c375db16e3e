import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { figuresTable, runBench, say, sayMachine, type Figure } from '../kit';
import { topicSettings } from '@stopcovid/contracts';
import { createTopics } from '@stopcovid/kafka';
import { PartsUnavailable, startParts, type Parts } from '@stopcovid/real-parts';
import { openGround, startCarrier } from './ground';
import { measureSweep } from './measure';
import { optionsOf, type Options } from './options';
import { outage } from './outage';

const root = join(__dirname, '../../../..');
const partitions = 12;

const measure = async (parts: Parts, options: Options): Promise<readonly Figure[]> => {
  const kafka = { brokers: parts.kafkaBrokers.split(','), clientId: 'bench-sweep' };
  await createTopics(kafka, topicSettings(partitions));
  const logDirectory = mkdtempSync(join(tmpdir(), 'stopcovid-bench-'));
  const ground = await openGround({ parts, root, logDirectory });
  const carrier = await startCarrier(ground, options.texts);
  try {
    await outage(carrier.url, options, say);
    return await measureSweep(options, { ground, carrierUrl: carrier.url, kafka, say });
  } finally {
    await carrier.stop();
  }
};

const main = async (): Promise<void> => {
  const options = optionsOf(process.argv.slice(2));
  const cacheDirectory = join(root, '.cache', 'real-parts');
  const parts = await startParts({ environment: process.env, cacheDirectory, say });
  try {
    sayMachine();
    console.log(figuresTable(await measure(parts, options)));
  } finally {
    await parts.stop();
  }
};

runBench(main, [PartsUnavailable]);
