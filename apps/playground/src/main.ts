import { DrillsUnusable, readCatalogue } from '@stopcovid/drills';
import { ConfigError, loadConfig } from '@stopcovid/runtime';
import { PlaygroundConfig } from './config';
import { startPlayground, type Playground } from './start-playground';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const introduce = ({ phonesUrl, progressUrl, dashboardUrl, apiKey }: Playground): void => {
  say('');
  say(`  Phones        ${phonesUrl}`);
  say(`  Dashboard     ${dashboardUrl}`);
  say(`  Progress API  ${progressUrl}/docs`);
  say(`                curl -H 'authorization: Bearer ${apiKey}' ${progressUrl}/v1/trainees`);
  say('');
  say('  Open the phones and text HYGIENE. Everything runs in this one process and in its memory:');
  say('  no text leaves this machine, and nothing survives a restart. Ctrl-C ends it.');
  say('');
};

const whyNot = (error: unknown, port: number | undefined): string => {
  if (error instanceof ConfigError || error instanceof DrillsUnusable) return error.message;
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
    return `Port ${port} is taken. Choose another: PORT=4100 npm start`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
};

/** Before any service does: each of them would log the same problems with a stack that helps nobody. */
const readDrills = async (directory: string): Promise<void> => {
  const read = await readCatalogue(directory);
  if (!read.ok) throw new DrillsUnusable(directory, read.problems);
};

const main = async (): Promise<void> => {
  let port: number | undefined;
  try {
    const config = loadConfig(PlaygroundConfig, process.env);
    port = config.PORT;
    await readDrills(config.DRILLS_DIR);
    const playground = await startPlayground(config);
    const end = (): void => void playground.close().finally(() => process.exit(0));
    process.once('SIGINT', end);
    process.once('SIGTERM', end);
    introduce(playground);
  } catch (error) {
    process.stderr.write(`${whyNot(error, port)}\n`);
    process.exit(1);
  }
};

void main();
