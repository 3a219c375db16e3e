import { kafkaEventSource } from '@stopcovid/progress-tracker';
import { kafkaPublisher } from '@stopcovid/kafka';
import type { Command } from 'commander';
import type { ExitCode } from './exit';
import { repair } from './repair';
import { mongoRepairStore } from './repair-store';
import { phoneFrom } from './show';
import { onServers, withServerOptions, type ServerFlags } from './servers';
import type { Surroundings } from './surroundings';

type Flags = ServerFlags & { readonly yes?: boolean; readonly dryRun?: boolean };

const run = (typed: string, flags: Flags, surroundings: Surroundings): Promise<ExitCode> => {
  const phone = phoneFrom(typed);
  const errand = { flags, changes: flags.dryRun !== true };
  return onServers(errand, surroundings, async ({ mongo, kafka }) => {
    const publisher = kafkaPublisher(kafka);
    try {
      return await repair(
        {
          store: mongoRepairStore(mongo),
          /* It asks for no offsets of any group: the topic alone counts. */
          events: await kafkaEventSource({ connection: kafka, group: 'dialog-repair' }),
          publisher,
        },
        { phone, yes: flags.yes ?? false, dryRun: flags.dryRun ?? false },
        surroundings.terminal,
      );
    } finally {
      await publisher.close();
    }
  });
};

/** `dialog repair`: an unreadable document, a hole in the versions, a parked phone. */
export const addRepair = (program: Command, surroundings: Surroundings): void => {
  const command = program
    .command('repair')
    .description("mend one phone: the engine's document from its events, a hole on the topic from the outbox")
    .argument('<phone>', 'in E.164, for example +12025550143')
    .option('--dry-run', 'say what would be done, and do nothing')
    .option('--yes', 'do not ask');
  withServerOptions(command).action(async (phone: string, flags: Flags) => {
    surroundings.ending.code = await run(phone, flags, surroundings);
  });
};
