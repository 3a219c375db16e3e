import { setTimeout as wait } from 'node:timers/promises';
import {
  commandIdSchema,
  encodeCommand,
  timestampSchema,
  topics,
  type DialogCommand,
  type Phone,
} from '@stopcovid/contracts';
import type { DialogStore } from '@stopcovid/dialog-engine';
import type { Publisher } from '@stopcovid/kafka';
import { mayDo } from './ask';
import { exitCodes, type ExitCode } from './exit';
import type { Terminal } from './terminal';

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
