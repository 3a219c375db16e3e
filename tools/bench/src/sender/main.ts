import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { figuresTable, runBench, say, sayMachine, type Figure } from '../kit';
import { topicSettings } from '@stopcovid/contracts';
import { createTopics, kafkaPublisher } from '@stopcovid/kafka';
import { PartsUnavailable, startParts, type Parts } from '@stopcovid/real-parts';
import { createLogger } from '@stopcovid/runtime';
import { Field } from './ground';
import { measureMemory, measurePace, measureRate } from './measure';
import { optionsOf, type Options } from './options';

const root = join(__dirname, '../../../..');
const partitions = 12;

const measure = async (parts: Parts, options: Options): Promise<readonly Figure[]> => {
  const connection = { brokers: parts.kafkaBrokers.split(','), clientId: 'bench-sender' };
  await createTopics(connection, topicSettings(partitions));
  const publisher = kafkaPublisher(connection, { logger: createLogger('bench-sender', { level: 'error' }) });
  const logDirectory = mkdtempSync(join(tmpdir(), 'stopcovid-bench-'));
  const field = await Field.open({ parts, root, logDirectory });
  try {
    const setting = { field, publisher, say };
    return [
      ...(options.only.includes('rate') ? await measureRate(options, setting) : []),
      ...(options.only.includes('pace') ? await measurePace(options, setting) : []),
      ...(options.only.includes('memory') ? await measureMemory(options, setting) : []),
    ];
  } finally {
    await field.close();
    await publisher.close();
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
