import type { Phone } from '@stopcovid/contracts';
import { mongoHistory, type History, type HistoryEntry } from '@stopcovid/progress-tracker';
import type { Command } from 'commander';
import { addCopies } from './copies/copy-commands';
import { exitCodes, type ExitCode } from './exit';
import { onMongo, withMongoOptions, type ServerFlags } from './servers';
import type { Surroundings } from './surroundings';
import { tableOf } from './table';
import type { Terminal } from './terminal';
import { phoneFrom, sequenceTyped } from './typed';

/** Behind which batch to begin. */
export type EventsOptions = { readonly phone: Phone; readonly after: number; readonly form: 'text' | 'json' };

const pageSize = 200;
const columns = ['at', 'sequence', 'command', 'event', 'fields'] as const;

const rowsOf = ({ at, sequence, commandType, commandId, events }: HistoryEntry): readonly string[][] => {
  const place = [at.toISOString(), String(sequence), `${commandType} ${commandId}`];
  if (events.length === 0) return [[...place, '(none)', '']];
  return events.map(({ type, ...fields }) => [...place, type, JSON.stringify(fields)]);
};

/** What happened to a phone, page by page: it may be years. */
async function* entriesOf(
  history: Pick<History, 'of'>,
  { phone, after }: EventsOptions,
): AsyncGenerator<readonly HistoryEntry[]> {
  let last = after;
  for (;;) {
    const page = await history.of(phone, { after: last, limit: pageSize });
    if (page.length === 0) return;
    yield page;
    last = page.at(-1)?.sequence ?? last;
  }
}

/** Prints what happened to a phone, in order. `problems` when nothing did. */
export const events = async (
  history: Pick<History, 'of'>,
  options: EventsOptions,
  terminal: Terminal,
): Promise<ExitCode> => {
  let told = 0;
  for await (const page of entriesOf(history, options)) {
    const lines =
      options.form === 'json'
        ? page.map((entry) => JSON.stringify(entry))
        : tableOf(columns, page.flatMap(rowsOf)).slice(told === 0 ? 0 : 1);
    for (const line of lines) terminal.out(line);
    told += page.length;
  }
  if (told > 0) return exitCodes.ok;
  terminal.err('nothing has happened to this phone, or nothing since');
  return exitCodes.problems;
};

type Flags = Pick<ServerFlags, 'environment' | 'mongodb'> & {
  readonly after: number;
  readonly json?: boolean;
};

/** `dialog events`: what happened to one phone; `export` and `import` are of all. */
export const addEvents = (program: Command, surroundings: Surroundings): void => {
  const command = program
    .command('events')
    .argument('<phone>', 'in E.164, for example +12025550143', phoneFrom)
    .option('--after <sequence>', 'begin behind this batch', sequenceTyped, 0)
    .option('--json', 'one batch a line, as a JSON object');
  withMongoOptions(command).action(async (phone: ReturnType<typeof phoneFrom>, flags: Flags) => {
    const form = flags.json ? 'json' : 'text';
    surroundings.ending.code = await onMongo({ flags, changes: false }, surroundings, async (mongo) =>
      events(await mongoHistory(mongo), { phone, after: flags.after, form }, surroundings.terminal),
    );
  });
  addCopies(command, surroundings);
};
