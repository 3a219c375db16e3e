import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { once } from 'node:events';
import { kafkaPublisher } from '@stopcovid/kafka';
import {
  importTrainees,
  noneImported,
  mongoProgressStore,
  NotATable,
  rejectRow,
  rejectsHeading,
  type ImportCounts,
  type Reject,
} from '@stopcovid/progress-tracker';
import { InvalidArgumentError, type Command } from 'commander';
import { exitCodes, UsageError, type ExitCode } from './exit';
import { progressLine } from './progress-line';
import { onServers, withServerOptions, type ServerFlags } from './servers';
import type { Surroundings } from './surroundings';
import type { Terminal } from './terminal';

type ImportParts = Omit<Parameters<typeof importTrainees>[1], 'onReject' | 'onProgress'>;

export type ImportOptions = {
  readonly file: string;
  readonly country?: string | undefined;
  readonly employer?: string | undefined;
  readonly dryRun: boolean;
  /** Where bad rows go, as they came, with what is wrong with each. */
  readonly rejects?: string | undefined;
};

const sizeOf = async (file: string): Promise<number> => {
  try {
    const found = await stat(file);
    if (found.isFile()) return found.size;
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  throw new UsageError(`${file} is no file`);
};

/** Writes rejects as they come; the file is there once something was rejected. */
const rejectsTo = (path: string | undefined, terminal: Terminal) => {
  let file: ReturnType<typeof createWriteStream> | undefined;
  return {
    take: (reject: Reject): void => {
      if (path === undefined) {
        terminal.out(`line ${reject.line}: ${reject.problems.join('; ')}`);
        return;
      }
      if (file === undefined) {
        file = createWriteStream(path);
        file.write(rejectsHeading(reject));
      }
      file.write(rejectRow(reject));
    },
    close: async (): Promise<void> => {
      if (file === undefined) return;
      const closed = once(file, 'close');
      file.end();
      await closed;
    },
  };
};

const consentOf = ({ updated, optedOut }: ImportCounts): string => {
  if (updated + optedOut === 0) return '';
  const stay = optedOut === 0 ? '' : `; ${optedOut} opted out, and stay so`;
  return `; of who was known before the consent on record stays, whatever the file says${stay}`;
};

const said = (counts: ImportCounts, dryRun: boolean): string => {
  const { rows, enrolled, updated, rejected } = counts;
  const would = dryRun ? 'would be enrolled' : 'enrolled';
  return `${rows} rows: ${enrolled} ${would}, ${updated} known before, ${rejected} rejected${consentOf(counts)}`;
};

/**
 * Imports a file of trainees. Bad rows are rejected with their reasons, and the good ones go on; the same file again
 * changes nothing. `problems` when something was rejected. Throws UsageError when the file cannot be used.
 */
export const importFile = async (
  options: ImportOptions,
  parts: ImportParts,
  terminal: Terminal,
): Promise<ExitCode> => {
  const { file, country, employer: employerId, dryRun } = options;
  const total = await sizeOf(file);
  const bytes = createReadStream(file);
  const progress = progressLine('bytes', terminal);
  const rejects = rejectsTo(options.rejects, terminal);
  let done = noneImported;
  try {
    const counts = await importTrainees(
      { bytes, country, employerId, dryRun },
      {
        ...parts,
        onReject: rejects.take,
        onProgress: (sofar) => {
          done = sofar;
          progress(bytes.bytesRead, total);
        },
      },
    );
    terminal.err(said(counts, dryRun));
    return counts.rejected === 0 ? exitCodes.ok : exitCodes.problems;
  } catch (error) {
    if (done.rows > 0) terminal.err(`${said(done, dryRun)}; the same file can be imported again`);
    if (error instanceof NotATable) throw new UsageError(`${file} cannot be read: ${error.message}`);
    throw error;
  } finally {
    await rejects.close();
  }
};

type Flags = ServerFlags & Omit<ImportOptions, 'file' | 'dryRun'> & { readonly dryRun?: boolean };

const countryTyped = (typed: string): string => {
  const country = typed.toUpperCase();
  if (!/^[A-Z]{2}$/.test(country))
    throw new InvalidArgumentError('It takes two letters (ISO 3166), such as US.');
  return country;
};

const help = `
CSV with a heading, in UTF-8. Needed: phone, consent_source, consent_on. Also read: country, name, language, time_zone,
employer_id, employer_name, unit_id, unit_name, person_id, labels, and date_NAME for dates that drips count from.

  dialog import staff.csv --country US --employer acme --dry-run --rejects bad.csv`;

/** `dialog import`: a file of trainees. */
export const addImport = (program: Command, surroundings: Surroundings): void => {
  const command = program
    .command('import')
    .argument('<file>')
    .option('--country <code>', 'of numbers without a country code, such as US', countryTyped)
    .option('--employer <id>', 'of rows that name no employer')
    .option('--dry-run', 'read and judge every row, and publish nothing')
    .option('--rejects <file>', 'where bad rows go, with what is wrong with them')
    .addHelpText('after', help);
  withServerOptions(command).action(async (file: string, flags: Flags) => {
    const dryRun = flags.dryRun ?? false;
    surroundings.ending.code = await onServers({ flags, changes: !dryRun }, surroundings, async (servers) => {
      const publisher = kafkaPublisher(servers.kafka);
      try {
        const store = await mongoProgressStore(servers.mongo);
        const parts = { store, publisher, now: () => new Date() };
        return await importFile({ ...flags, file, dryRun }, parts, surroundings.terminal);
      } finally {
        await publisher.close();
      }
    });
  });
};
