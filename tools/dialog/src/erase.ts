import type { Phone } from '@stopcovid/contracts';
import { documentsOf } from '@stopcovid/progress-tracker';
import type { Command } from 'commander';
import { actOn, withActOptions, type ActFlags } from './act';
import type { ExitCode } from './exit';
import type { MongoConnection } from './mongo';
import { onMongo } from './servers';
import type { Surroundings } from './surroundings';
import { tableOf } from './table';
import type { Terminal } from './terminal';
import { phoneFrom } from './typed';

/** How many documents, or texts in one, are of a phone, by where they are. */
export type Holdings = readonly (readonly [where: string, count: number])[];

/** Says what is there of a phone: what would go, and what would stay with nothing in it but its key. */
export const tellHoldings = (holdings: Holdings, terminal: Terminal): void => {
  const there = holdings.filter(([, count]) => count > 0);
  if (there.length === 0) {
    terminal.out('nothing is known of this phone');
    return;
  }
  const rows = there.map(([where, count]) => [where, String(count)]);
  for (const line of tableOf(['what is there', 'documents'], rows)) terminal.out(line);
};

const holdingsOf = async (mongo: MongoConnection, phone: Phone): Promise<Holdings> => {
  const count = (collection: string): Promise<number> =>
    mongo.collection<{ readonly _id: string }>(collection).countDocuments({ _id: phone });
  return [
    ['dialogs', await count('dialogs')],
    ['outboxes', await count('outboxes')],
    ...(await documentsOf(mongo, phone)),
  ];
};

const erase = async (phone: Phone, flags: ActFlags, surroundings: Surroundings): Promise<ExitCode> => {
  await onMongo({ flags, changes: false }, surroundings, async (mongo) =>
    tellHoldings(await holdingsOf(mongo, phone), surroundings.terminal),
  );
  return actOn({ phone, action: { kind: 'erase' }, flags }, surroundings);
};

const help = `
Forgets the person behind a phone, but for an opt-out, and cannot be taken back. First it says what is there. It is a
command to the engine like those of \`dialog act\`. What goes at once, what stays and until when: docs/operations.md.

  dialog erase +12025550143 --dry-run
  dialog erase +12025550143`;

/** `dialog erase`: one person is forgotten. */
export const addErase = (program: Command, surroundings: Surroundings): void => {
  withActOptions(program.command('erase').argument('<phone>', 'in E.164', phoneFrom))
    .addHelpText('after', help)
    .action(async (phone: Phone, flags: ActFlags) => {
      surroundings.ending.code = await erase(phone, flags, surroundings);
    });
};
