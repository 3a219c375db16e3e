import { mongoDialogStore, mongoHeldCommands } from '@stopcovid/dialog-engine';
import type { KafkaConnection } from '@stopcovid/kafka';
import { mongoProgressStore } from '@stopcovid/progress-tracker';
import type { Command } from 'commander';
import { collectLetters } from './dead-letters-command';
import type { MongoConnection } from './mongo';
import { onMongo, onServers, withServerOptions, type ServerFlags } from './servers';
import { phoneFrom, show, type ShownStores } from './show';
import type { Surroundings } from './surroundings';

type Flags = ServerFlags & { readonly full?: boolean; readonly deadLetters?: boolean };

const storesOn = async (mongo: MongoConnection, kafka?: KafkaConnection): Promise<ShownStores> => {
  /* Only here: the sender brings the carrier's client along, which takes its time to load. */
  const { mongoOutboxStore } = await import('@stopcovid/sms-sender');
  const outboxes = await mongoOutboxStore(mongo);
  return {
    dialogs: mongoDialogStore(mongo),
    held: mongoHeldCommands(mongo),
    progress: await mongoProgressStore(mongo),
    outbox: async (phone) => (await outboxes.load([phone])).get(phone),
    ...(kafka ? { deadLetters: (phone) => collectLetters(kafka, undefined, { phone }) } : {}),
  };
};

const help = `
What to look at:
  dialog.version, progress.version and sender.lastVersion are equal when all services are up to date;
  dialog.unpublished above 0: batches wait for Kafka; dialog.held: commands wait for a document that could not be read;
  optedOut: nothing is sent; sender.pending: texts on their way; sender.parked: texts of which nobody knows whether
  they were sent; sender.gap: a batch is missing on dialog.events.v1.`;

/** `dialog show`: where one phone stands with each service. */
export const addShow = (program: Command, surroundings: Surroundings): void => {
  const { terminal, ending } = surroundings;
  const command = program
    .command('show')
    .description('where one phone stands: in the engine, in the tracker, in the sender')
    .argument('<phone>', 'in E.164, for example +12025550143', phoneFrom);
  withServerOptions(command)
    .option('--dead-letters', 'also its dead letters, which takes reading their topics')
    .option('--full', 'names, answers and texts as they are: personal data')
    .addHelpText('after', help)
    .action(async (phone: ReturnType<typeof phoneFrom>, flags: Flags) => {
      const options = { phone, full: flags.full ?? false };
      const errand = { flags, changes: false };
      ending.code = flags.deadLetters
        ? await onServers(errand, surroundings, async ({ mongo, kafka }) =>
            show(await storesOn(mongo, kafka), options, terminal),
          )
        : await onMongo(errand, surroundings, async (mongo) =>
            show(await storesOn(mongo), options, terminal),
          );
    });
};
