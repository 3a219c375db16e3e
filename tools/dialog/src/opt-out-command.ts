import { randomUUID } from 'node:crypto';
import type { Phone } from '@stopcovid/contracts';
import { mongoDialogStore } from '@stopcovid/dialog-engine';
import { kafkaPublisher } from '@stopcovid/kafka';
import { type Command, InvalidArgumentError } from 'commander';
import { optOut } from './opt-out';
import { onServers, withServerOptions, type ServerFlags } from './servers';
import { phoneFrom } from './show';
import type { Surroundings } from './surroundings';

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
    .description('stop texting these phones, because their owners asked elsewhere')
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
