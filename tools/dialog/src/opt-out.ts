import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import {
  commandIdSchema,
  encodeCommand,
  timestampSchema,
  topics,
  type DialogCommand,
  type Phone,
} from '@stopcovid/contracts';
import { mongoDialogStore, type DialogStore } from '@stopcovid/dialog-engine';
import { kafkaPublisher, type Publisher } from '@stopcovid/kafka';
import { InvalidArgumentError, type Command } from 'commander';
import { mayDo } from './ask';
import { exitCodes, type ExitCode } from './exit';
import { onServers, withServerOptions, type ServerFlags } from './servers';
import type { Surroundings } from './surroundings';
import type { Terminal } from './terminal';
import { phoneFrom } from './typed';

/** What the subcommand works with. `newId` makes command ids that were never used. */
export type OptOutParts = {
  readonly publisher: Publisher;
  readonly dialogs: Pick<DialogStore, 'load'>;
  readonly terminal: Terminal;
  readonly now: () => Date;
  readonly newId: () => string;
};
export type OptOutOptions = {
  readonly phones: readonly Phone[];
  /** How the operator came to know, for the ledger. */
  readonly detail: string;
  readonly yes: boolean;
  /** How long to wait until the engine has written it, in milliseconds. */
  readonly waitMs: number;
};

const lookAgainMs = 200;

const optOutOf = (phone: Phone, { detail }: OptOutOptions, { now, newId }: OptOutParts): DialogCommand => ({
  type: 'OptOutTrainee',
  schemaVersion: 1,
  commandId: commandIdSchema.parse(newId()),
  phone,
  at: timestampSchema.parse(now().toISOString()),
  source: 'operator',
  detail,
});

/** Those of the phones whose opt-out the engine has not written. */
const stillIn = async (phones: readonly Phone[], { dialogs }: OptOutParts): Promise<readonly Phone[]> => {
  const stored = await dialogs.load(phones);
  return phones.filter((phone) => {
    const found = stored.get(phone);
    return found?.kind !== 'readable' || !found.dialog.state.trainee.optedOut;
  });
};

const untilWritten = async (
  phones: readonly Phone[],
  waitMs: number,
  parts: OptOutParts,
): Promise<readonly Phone[]> => {
  const until = parts.now().getTime() + waitMs;
  let left = await stillIn(phones, parts);
  while (left.length > 0 && parts.now().getTime() < until) {
    await wait(lookAgainMs);
    left = await stillIn(left, parts);
  }
  return left;
};

/**
 * Opts phones out without a text of theirs, and waits until the engine has written it. Those that are out already are
 * left alone. Answers `problems` when some are not written in time: their commands stand on the topic.
 */
export const optOut = async (options: OptOutOptions, parts: OptOutParts): Promise<ExitCode> => {
  const { publisher, terminal } = parts;
  const phones = await stillIn([...new Set(options.phones)], parts);
  const already = options.phones.length - phones.length;
  if (already > 0) terminal.err(`${already} of them opted out before`);
  if (phones.length === 0) return exitCodes.ok;
  const question = `Opt out ${phones.length === 1 ? String(phones[0]) : `${phones.length} phones`}? Only a text of the trainee's own brings consent back.`;
  if (!(await mayDo(question, options.yes, terminal))) return exitCodes.problems;
  await publisher.publish(
    topics.dialogCommands,
    phones.map((phone) => ({ key: phone, value: encodeCommand(optOutOf(phone, options, parts)) })),
  );
  const left = new Set(await untilWritten(phones, options.waitMs, parts));
  for (const phone of phones)
    terminal.out(
      `${phone} ${left.has(phone) ? 'waits for the engine: the command stands on the topic' : 'opted out'}`,
    );
  return left.size === 0 ? exitCodes.ok : exitCodes.problems;
};

type Flags = ServerFlags & { readonly reason: string; readonly yes?: boolean; readonly wait: number };

const waitSeconds = 15;

const seconds = (typed: string): number => {
  const value = Number(typed);
  if (!Number.isInteger(value) || value < 0 || value > 600)
    throw new InvalidArgumentError('It takes seconds from 0 to 600.');
  return value;
};
const reason = (typed: string): string => {
  const text = typed.trim();
  if (text.length === 0 || text.length > 256) throw new InvalidArgumentError('It takes 1 to 256 characters.');
  return text;
};

const help = `
For people who asked to stop by telephone, letter or e-mail. Nothing is sent to them from then on, queued texts
included, and no confirmation. The consent ledger keeps the reason. No subcommand opts anybody in: only a text of
the trainee's own does.

  dialog opt-out +12025550143 --reason "asked by telephone on 3 March, ticket 118"`;

/** `dialog opt-out`: consent withdrawn elsewhere than by text. */
export const addOptOut = (program: Command, surroundings: Surroundings): void => {
  const { terminal, ending } = surroundings;
  const command = program
    .command('opt-out')
    .argument('<phones...>', 'in E.164, for example +12025550143', (typed: string, before: Phone[] = []) => [
      ...before,
      phoneFrom(typed),
    ])
    .requiredOption('--reason <text>', 'how they asked, for the consent ledger', reason)
    .option('--wait <seconds>', 'how long to wait for the engine', seconds, waitSeconds)
    .option('--yes', 'do not ask');
  withServerOptions(command)
    .addHelpText('after', help)
    .action(async (phones: readonly Phone[], flags: Flags) => {
      ending.code = await onServers({ flags, changes: true }, surroundings, async ({ kafka, mongo }) => {
        const publisher = kafkaPublisher(kafka);
        try {
          return await optOut(
            { phones, detail: flags.reason, yes: flags.yes ?? false, waitMs: flags.wait * 1_000 },
            {
              publisher,
              dialogs: mongoDialogStore(mongo),
              terminal,
              now: () => new Date(),
              newId: () => `operator-${randomUUID()}`,
            },
          );
        } finally {
          await publisher.close();
        }
      });
    });
};
