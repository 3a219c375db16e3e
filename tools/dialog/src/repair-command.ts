import { kafkaEventSource } from '@stopcovid/progress-tracker';
import { kafkaPublisher } from '@stopcovid/kafka';
import type { Command } from 'commander';
import type { ExitCode } from './exit';
import { repair } from './repair';
import { kafkaOption, withServers, type ServerFlags } from './repair-servers';
import { mongoRepairStore } from './repair-store';
import { phoneFrom } from './show';
import { mongoOption, type Surroundings } from './surroundings';

type Flags = ServerFlags & { readonly yes?: boolean; readonly dryRun?: boolean };

const run = (typed: string, flags: Flags, { terminal, environment }: Surroundings): Promise<ExitCode> => {
  const phone = phoneFrom(typed);
  return withServers(flags, environment, async ({ mongo, kafka }) => {
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
        terminal,
      );
    } finally {
      await publisher.close();
    }
  });
};

/** `dialog repair`: an unreadable document, a hole in the versions, a parked phone. */
export const addRepair = (program: Command, surroundings: Surroundings): void => {
  program
    .command('repair')
    .description("mend one phone: the engine's document from its events, a hole on the topic from the outbox")
    .argument('<phone>', 'in E.164, for example +12025550143')
    .option('--dry-run', 'say what would be done, and do nothing')
    .option('--yes', 'do not ask')
    .option(...mongoOption)
    .option(...kafkaOption)
    .action(async (phone: string, flags: Flags) => {
      surroundings.ending.code = await run(phone, flags, surroundings);
    });
};
