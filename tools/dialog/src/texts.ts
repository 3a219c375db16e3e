import type { Phone } from '@stopcovid/contracts';
import { kafkaPublisher } from '@stopcovid/kafka';
import {
  giveUp,
  idOfMessage,
  missedText,
  missedTexts,
  mongoMessageStore,
  mongoTextRulings,
  sendAgain,
  type MissedText,
} from '@stopcovid/progress-tracker';
import { maskPhone } from '@stopcovid/runtime';
import type { Command } from 'commander';
import { askingOn, personAt, told } from './act';
import { mayDo } from './ask';
import { exitCodes, type ExitCode } from './exit';
import { drillsOption } from './load-catalogue';
import type { MongoConnection } from './mongo';
import { onMongo, onServers, withMongoOptions, withServerOptions, type ServerFlags } from './servers';
import type { Surroundings } from './surroundings';
import { tableOf } from './table';
import type { Terminal } from './terminal';
import { phoneFrom } from './typed';

type ListParts = Parameters<typeof missedTexts>[0];
export type ListOptions = {
  readonly phone?: Phone | undefined;
  readonly code?: string | undefined;
  readonly ruled: boolean;
  readonly json: boolean;
  /** Phones and words as they are: personal data. */
  readonly full: boolean;
};

const pageSize = 500;

const rowOf = ({ message, ruling }: MissedText, full: boolean) => ({
  id: idOfMessage(message),
  at: message.content.at.toISOString(),
  phone: full ? message.content.phone : maskPhone(message.content.phone),
  status: message.report?.status ?? '',
  code: message.report?.errorCode ?? '',
  ruling: ruling === undefined ? '' : `${ruling.how} by ${ruling.by}`,
  ...(full ? { body: message.content.body ?? '' } : {}),
});

const print = (texts: readonly MissedText[], { json, full }: ListOptions, terminal: Terminal): void => {
  const rows = texts.map((text) => rowOf(text, full));
  const lines = json
    ? rows.map((row) => JSON.stringify(row))
    : tableOf(
        Object.keys(rows[0] ?? {}),
        rows.map((row) => Object.values(row).map((cell) => cell.replaceAll(/\s+/g, ' '))),
      );
  for (const line of lines) terminal.out(line);
};

/** Lists all texts that did not go out, page by page. `problems` when there are some. */
export const listTexts = async (
  parts: ListParts,
  options: ListOptions,
  terminal: Terminal,
): Promise<ExitCode> => {
  let count = 0;
  let after: Awaited<ReturnType<typeof missedTexts>>['next'];
  do {
    const page = await missedTexts(parts, options, { limit: pageSize, after });
    if (page.items.length > 0) print(page.items, options, terminal);
    count += page.items.length;
    after = page.next;
  } while (after !== undefined);
  terminal.err(`${count} text${count === 1 ? '' : 's'} did not go out`);
  return count === 0 ? exitCodes.ok : exitCodes.problems;
};

const notThere = (terminal: Terminal): ExitCode => {
  terminal.err('No text of this id failed to go out.');
  return exitCodes.problems;
};

const partsOf = async (mongo: MongoConnection): Promise<ListParts> => ({
  messages: await mongoMessageStore(mongo),
  rulings: mongoTextRulings(mongo),
});

type Looks = Pick<ServerFlags, 'environment' | 'mongodb'> & {
  readonly json?: boolean;
  readonly full?: boolean;
};

const addLooking = (texts: Command, surroundings: Surroundings): void => {
  const { terminal } = surroundings;
  const list = texts
    .command('list')
    .description('all of them, newest first')
    .option('--phone <phone>', 'of this phone', phoneFrom)
    .option('--code <code>', "our failure code or the carrier's, such as STALE, UNDECIDED or 30003")
    .option('--ruled', 'also those that were sent again or given up')
    .option('--json', 'one JSON object a line')
    .option('--full', 'phones and words as they are: personal data');
  withMongoOptions(list).action(
    async ({ phone, code, ...flags }: Looks & { phone?: Phone; code?: string; ruled?: boolean }) => {
      const { json = false, full = false, ruled = false } = flags;
      surroundings.ending.code = await onMongo({ flags, changes: false }, surroundings, async (mongo) =>
        listTexts(await partsOf(mongo), { phone, code, ruled, json, full }, terminal),
      );
    },
  );
  const show = texts
    .command('show')
    .description('one of them, as JSON')
    .argument('<id>', 'of the message')
    .option('--full', 'phone and words as they are: personal data');
  withMongoOptions(show).action(async (id: string, flags: Looks) => {
    surroundings.ending.code = await onMongo({ flags, changes: false }, surroundings, async (mongo) => {
      const text = await missedText(await partsOf(mongo), id);
      if (text === undefined) return notThere(terminal);
      terminal.out(JSON.stringify(rowOf(text, flags.full ?? false), undefined, 2));
      return exitCodes.ok;
    });
  });
};

type Rules = ServerFlags & { readonly yes?: boolean; readonly drills?: string };

const addRuling = (texts: Command, surroundings: Surroundings): void => {
  const { terminal } = surroundings;
  const resend = texts
    .command('resend')
    .description('send it again, once, as a message with the same words')
    .argument('<id>', 'of the message')
    .option('--yes', 'do not ask')
    .option(...drillsOption);
  withServerOptions(resend).action(async (id: string, flags: Rules) => {
    surroundings.ending.code = await onServers(
      { flags, changes: true },
      surroundings,
      async ({ mongo, kafka }) => {
        if (!(await mayDo(`Send ${id} again?`, flags.yes ?? false, terminal))) return exitCodes.problems;
        const publisher = kafkaPublisher(kafka);
        try {
          const answer = await sendAgain(id, personAt(surroundings), {
            ...(await partsOf(mongo)),
            ...(await askingOn(mongo, flags.drills)),
            publisher,
          });
          return answer.kind === 'notThere' ? notThere(terminal) : told(answer, terminal);
        } finally {
          await publisher.close();
        }
      },
    );
  });
  const leave = texts
    .command('give-up')
    .description('put on record that it is not to be sent again')
    .argument('<id>', 'of the message');
  withMongoOptions(leave).action(async (id: string, flags: Rules) => {
    surroundings.ending.code = await onMongo({ flags, changes: true }, surroundings, async (mongo) => {
      const parts = { ...(await partsOf(mongo)), now: () => new Date() };
      const ruled = await giveUp(id, personAt(surroundings), parts);
      if (ruled.kind === 'notThere') return notThere(terminal);
      if (ruled.kind === 'sentAgain') {
        terminal.err('It was sent again before.');
        return exitCodes.problems;
      }
      terminal.out(`given up by ${ruled.ruling.by} at ${ruled.ruling.at.toISOString()}`);
      return exitCodes.ok;
    });
  });
};

/** `dialog texts`: what did not go out. */
export const addTexts = (program: Command, surroundings: Surroundings): void => {
  const texts = program.command('texts');
  addLooking(texts, surroundings);
  addRuling(texts, surroundings);
};
