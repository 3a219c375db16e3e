import { topics } from '@stopcovid/contracts';
import { clusterIdOf, topicWriter } from '@stopcovid/kafka';
import type { Command } from 'commander';
import { mayDo, untilInterrupted } from '../ask';
import { exitCodes, UsageError, type ExitCode } from '../exit';
import { progressLine } from '../progress-line';
import { onServers, withServerOptions, type ServerFlags, type Servers } from '../servers';
import type { Surroundings } from '../surroundings';
import { severalTyped } from '../typed';
import { exportTopic } from './export-topics';
import { importTopic } from './import-topics';
import { readManifest, type Manifest } from './manifest';
import { lastErasuresOn, withoutErased, type Sieve } from './without-erased';

type ExportFlags = ServerFlags & {
  readonly topic?: readonly string[];
  readonly out: string;
  readonly withoutErased?: boolean;
};
type ImportFlags = ServerFlags & {
  readonly topic?: readonly string[];
  readonly appendMissing?: boolean;
  readonly yes?: boolean;
};

const beginning = async (folder: string, clusterId: string): Promise<Manifest> => {
  const known = await readManifest(folder);
  if (known === undefined)
    return { format: 1, clusterId, at: new Date().toISOString(), topics: {}, segments: [] };
  if (known.clusterId !== clusterId)
    throw new UsageError(`the copy in ${folder} is of another Kafka cluster: begin in another folder`);
  return known;
};

/* A copy that was begun has them already, and a later one goes on where it ends. */
const refuseBegun = (folder: string, { segments }: Manifest): void => {
  if (segments.length > 0)
    throw new UsageError(
      `${folder} has a copy already, with those who were erased since: begin in another folder`,
    );
};

const sieveOf = async (
  { kafka }: Pick<Servers, 'kafka'>,
  terminal: Surroundings['terminal'],
  signal: AbortSignal,
): Promise<Sieve> => {
  const topic = topics.dialogEvents;
  const onProgress = progressLine(`offsets of ${topic}, for erasures`, terminal);
  const erasures = await lastErasuresOn(kafka, { topic, onProgress, signal });
  terminal.err(`${erasures.size} phones were erased: what was before it is left out`);
  return withoutErased(erasures);
};

const exportAll = async (
  { kafka }: Servers,
  { topic: named = Object.values(topics), out: folder, withoutErased: leavesOut = false }: ExportFlags,
  { terminal }: Surroundings,
): Promise<ExitCode> =>
  untilInterrupted(async (signal) => {
    let manifest = await beginning(folder, await clusterIdOf(kafka));
    if (leavesOut) refuseBegun(folder, manifest);
    const sieve = leavesOut ? await sieveOf({ kafka }, terminal, signal) : undefined;
    for (const topic of named) {
      const onProgress = progressLine(`offsets of ${topic}`, terminal);
      const exported = await exportTopic({
        ...{ kafka, topic, folder, manifest, onProgress, signal },
        ...(sieve && { sieve }),
      });
      ({ manifest } = exported);
      for (const { partition, from, to } of exported.skipped)
        terminal.err(
          `${topic}/${partition} begins at ${to}: what stood there from ${from} on is not in the copy`,
        );
      terminal.out(`${topic}: ${exported.records} new records in ${folder}`);
    }
    return exitCodes.ok;
  });

const manifestOf = async (folder: string): Promise<Manifest> => {
  const manifest = await readManifest(folder);
  if (manifest === undefined) throw new UsageError(`there is no copy in ${folder}: it has no manifest.json`);
  return manifest;
};

const importAll = async (
  { kafka }: Servers,
  { folder, flags }: { readonly folder: string; readonly flags: ImportFlags },
  { terminal }: Surroundings,
): Promise<ExitCode> => {
  const manifest = await manifestOf(folder);
  const named =
    flags.topic ?? Object.keys(manifest.topics).filter((topic) => topic !== topics.dialogCommands);
  const question = `Write ${named.join(', ')} into the Kafka at ${kafka.brokers.join(',')} as they were at ${manifest.at}?`;
  if (!(await mayDo(question, flags.yes ?? false, terminal))) return exitCodes.problems;
  const writer = topicWriter(kafka);
  try {
    return await untilInterrupted(async (signal) => {
      for (const topic of named) {
        const onProgress = progressLine(`records of ${topic}`, terminal);
        const appendMissing = flags.appendMissing ?? false;
        const parts = { kafka, writer, topic, folder, manifest, appendMissing, onProgress, signal };
        const { there, written } = await importTopic(parts);
        terminal.out(`${topic}: ${written} records written${there > 0 ? `, ${there} were there` : ''}`);
      }
      return exitCodes.ok;
    });
  } finally {
    await writer.close();
  }
};

const exportHelp = `
Each run copies what is new since the run before into new files of the folder; manifest.json says what they hold, and
where the next run goes on. Copy the database first and the topics after it: the
topics must know all that the database knows.

With --without-erased it leaves out what was said of people before they were erased: their batches and commands, and the
words of their texts. Such a copy begins in an empty folder; imported into new topics, it is a log that never knew them.

  dialog events export --out /backup/topics --environment production
  dialog events export --out /backup/clean --without-erased`;

const importHelp = `
The topics must be there, empty, with as many partitions as the copy. Records go to the partitions on which they stood, in
order; offsets begin at 0, so they are others wherever the topic's beginning had been deleted. All files are checked
before anything is written. dialog.commands.v1 is left out unless it is named: what was decided of it stands in the events,
and would be decided once more as far as the dialogs no longer remember it. An import that broke off is given again with --append-missing.`;

/** `dialog events export` and `import`: whole topics as JSON Lines. */
export const addCopies = (events: Command, surroundings: Surroundings): void => {
  const copying = events
    .command('export')
    .description('copy what is new on the topics into a folder, as JSON Lines');
  withServerOptions(copying)
    .requiredOption('--out <folder>', 'where the copy is, or begins')
    .option('--topic <name>', 'this one alone; may be given several times (default: all three)', severalTyped)
    .option('--without-erased', 'leave out what was before the erasure of a person')
    .addHelpText('after', exportHelp)
    .action(async (_flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<ExportFlags>();
      surroundings.ending.code = await onServers({ flags, changes: false }, surroundings, (servers) =>
        exportAll(servers, flags, surroundings),
      );
    });
  const writing = events.command('import').description('write such a copy back into empty topics');
  withServerOptions(writing)
    .argument('<folder>', 'where the copy is')
    .option(
      '--topic <name>',
      'this one alone; may be given several times (default: all of the copy but the commands)',
      severalTyped,
    )
    .option('--append-missing', 'go on behind what is there, if it is the beginning of the copy')
    .option('--yes', 'do not ask')
    .addHelpText('after', importHelp)
    .action(async (folder: string, _flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<ImportFlags>();
      surroundings.ending.code = await onServers({ flags, changes: true }, surroundings, (servers) =>
        importAll(servers, { folder, flags }, surroundings),
      );
    });
};
