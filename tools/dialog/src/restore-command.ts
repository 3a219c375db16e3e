import { maskPhone } from '@stopcovid/runtime';
import type { Command } from 'commander';
import { mayDo, untilInterrupted } from './ask';
import { exitCodes, type ExitCode } from './exit';
import { progressLine } from './progress-line';
import { onServers, withServerOptions, type ServerFlags, type Servers } from './servers';
import type { Surroundings } from './surroundings';
import { tableOf } from './table';
import type { Terminal } from './terminal';
import { countTyped } from './typed';
import { checkOffsets } from './restore/check-offsets';
import { compareVersions } from './restore/check-versions';
import { findingsOf, type Finding } from './restore/findings';
import { foldAll } from './restore/fold-all';
import type { FoldTotals } from './restore/fold-dialogs';
import { settleAll } from './restore/settle-all';

type Flags = ServerFlags & { readonly json?: boolean; readonly yes?: boolean; readonly full?: boolean };

type SettleFlags = Flags & { readonly group: string; readonly maxAgeHours: number };

const tellFindings = (findings: readonly Finding[], json: boolean, terminal: Terminal): void => {
  const rows = findings.map(({ what, count, remedy }) => [String(count), what, remedy]);
  const lines = json
    ? findings.map((each) => JSON.stringify(each))
    : tableOf(['count', 'what', 'remedy'], rows);
  for (const line of findings.length === 0 ? [] : lines) terminal.out(line);
};

const check = (servers: Servers, { json }: Flags, { terminal }: Surroundings): Promise<ExitCode> =>
  untilInterrupted(async (signal) => {
    const onProgress = progressLine('batches', terminal);
    const compared = await compareVersions(servers, { onProgress, signal });
    const findings = findingsOf(compared, await checkOffsets(servers));
    tellFindings(findings, json ?? false, terminal);
    terminal.err(`${compared.phones} phones on the topic, ${findings.length} kinds of findings`);
    return findings.length === 0 ? exitCodes.ok : exitCodes.problems;
  });

const tellFold = ({ written, stuck, poison }: FoldTotals, full: boolean, terminal: Terminal): void => {
  for (const [phone, why] of stuck) terminal.out(`${full ? phone : maskPhone(phone)} ${why}: dialog repair`);
  terminal.out(
    `${written} dialogs written, ${stuck.size} left as they are, ${poison} records are no batches`,
  );
};

const fold = async (
  servers: Servers,
  { yes, full }: Flags,
  { terminal }: Surroundings,
): Promise<ExitCode> => {
  const { mongo } = servers;
  const question = `Bring all dialogs in ${mongo.host}/${mongo.name} up to the topic? The services must be stopped.`;
  if (!(await mayDo(question, yes ?? false, terminal))) return exitCodes.problems;
  return untilInterrupted(async (signal) => {
    const onProgress = progressLine('batches', terminal);
    const totals = await foldAll(servers, { onProgress, signal });
    tellFold(totals, full ?? false, terminal);
    return totals.stuck.size === 0 ? exitCodes.ok : exitCodes.problems;
  });
};

const settle = async (
  servers: Servers,
  { yes, full, group, maxAgeHours }: SettleFlags,
  { terminal }: Surroundings,
): Promise<ExitCode> => {
  const { mongo } = servers;
  const question = `Put in doubt all texts in ${mongo.host}/${mongo.name} that may have gone out? sms-sender must be stopped.`;
  if (!(await mayDo(question, yes ?? false, terminal))) return exitCodes.problems;
  return untilInterrupted(async (signal) => {
    const onProgress = progressLine('batches', terminal);
    const maxAgeMs = maxAgeHours * 3_600_000;
    const { written, logged, doubtful, batches, stuck } = await settleAll(servers, {
      group,
      maxAgeMs,
      onProgress,
      signal,
    });
    for (const [phone, why] of stuck) terminal.out(`${full ? phone : maskPhone(phone)}: ${why}`);
    terminal.out(
      `${written} writes of outboxes: ${logged} texts are in the log, ${doubtful} in doubt; ${batches} batches are to be taken in, in doubt`,
    );
    return stuck.size === 0 ? exitCodes.ok : exitCodes.problems;
  });
};

/** `dialog restore`: makes the database whole from the topics, before any service runs. */
export const addRestore = (program: Command, surroundings: Surroundings): void => {
  const { ending } = surroundings;
  const restore = program.command('restore');
  withServerOptions(
    restore.command('check').description('say where the database and the topics differ, and what mends it'),
  )
    .option('--json', 'one JSON object a line')
    .action(async (flags: Flags) => {
      ending.code = await onServers({ flags, changes: false }, surroundings, (servers) =>
        check(servers, flags, surroundings),
      );
    });
  withServerOptions(
    restore
      .command('fold')
      .description("bring the engine's documents up to what their batches say, never back"),
  )
    .option('--yes', 'do not ask')
    .option('--full', 'phones as they are: personal data')
    .action(async (flags: Flags) => {
      ending.code = await onServers({ flags, changes: true }, surroundings, (servers) =>
        fold(servers, flags, surroundings),
      );
    });
  withServerOptions(
    restore
      .command('settle')
      .description('put in doubt what may have gone out: the sender asks the carrier before it sends'),
  )
    .option(
      '--max-age-hours <hours>',
      'as SMS_MAX_AGE_HOURS of sms-sender: older texts go out no more',
      countTyped,
      24,
    )
    .option('--group <name>', "the sender's consumer group", 'sms-sender')
    .option('--yes', 'do not ask')
    .option('--full', 'phones as they are: personal data')
    .action(async (flags: SettleFlags) => {
      ending.code = await onServers({ flags, changes: true }, surroundings, (servers) =>
        settle(servers, flags, surroundings),
      );
    });
};
