import { mkdtempSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { figuresTable, type Figure } from '@stopcovid/bench-kit';
import { topicSettings } from '@stopcovid/contracts';
import { createTopics, kafkaPublisher } from '@stopcovid/kafka';
import { PartsUnavailable, startParts, type Parts } from '@stopcovid/real-parts';
import { createLogger } from '@stopcovid/runtime';
import { Field } from './ground';
import { measureMemory, measurePace, measureRate } from './measure';
import { optionsOf, UsageError, type Options } from './options';

const root = join(__dirname, '../../..');
const partitions = 12;
const startedAt = performance.now();

const say = (line: string): void => {
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(0).padStart(5);
  process.stderr.write(`${seconds} s  ${line}\n`);
};

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
    const load = loadavg().map((each) => each.toFixed(1));
    say(`${cpus().length} cores, Node ${process.version}, load ${load.join(' ')}`);
    console.log(figuresTable(await measure(parts, options)));
  } finally {
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
