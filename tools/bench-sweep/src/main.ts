import { mkdtempSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { figuresTable, type Figure } from '@stopcovid/bench-kit';
import { topicSettings } from '@stopcovid/contracts';
import { createTopics } from '@stopcovid/kafka';
import { PartsUnavailable, startParts, type Parts } from '@stopcovid/real-parts';
import { openGround, startCarrier } from './ground';
import { measureSweep } from './measure';
import { optionsOf, UsageError, type Options } from './options';
import { outage } from './outage';

const root = join(__dirname, '../../..');
const partitions = 12;
const startedAt = performance.now();

const say = (line: string): void => {
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(0).padStart(5);
  process.stderr.write(`${seconds} s  ${line}\n`);
};

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
