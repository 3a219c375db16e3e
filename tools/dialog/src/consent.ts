import type { Phone } from '@stopcovid/contracts';
import { mongoConsentLedger, type ConsentChange, type ConsentLedger } from '@stopcovid/progress-tracker';
import type { Command } from 'commander';
import { exitCodes, type ExitCode } from './exit';
import { onMongo, withMongoOptions, type ServerFlags } from './servers';
import type { Surroundings } from './surroundings';
import { csvField, tableOf } from './table';
import type { Terminal } from './terminal';
import { formOf, phoneFrom } from './typed';

export type ConsentOptions = { readonly phone: Phone; readonly form: 'text' | 'csv' | 'json' };

const columns = [
  'at',
  'consent',
  'source',
  'word',
  'language',
  'messageId',
  'detail',
  'sequence',
  'commandId',
] as const;
type Row = Readonly<Record<(typeof columns)[number], string>>;

const rowOf = (change: ConsentChange): Row => ({
  at: change.at.toISOString(),
  consent: change.consent,
  source: change.source,
  word: change.word ?? '',
  language: change.language ?? '',
  messageId: change.messageId ?? '',
  detail: change.detail ?? '',
  sequence: String(change.sequence),
  commandId: change.commandId,
});

const linesOf = (changes: readonly ConsentChange[], form: ConsentOptions['form']): readonly string[] => {
  switch (form) {
    case 'json':
      return changes.map((change) => JSON.stringify(change));
    case 'csv':
      return [
        columns.join(','),
        ...changes.map(rowOf).map((row) => columns.map((column) => csvField(row[column])).join(',')),
      ];
    case 'text':
      return tableOf(
        columns,
        changes.map(rowOf).map((row) => columns.map((column) => row[column])),
      );
  }
};

/** Prints every opt-in and opt-out of a phone, in the order in which they happened. `problems` when there is none. */
export const consent = async (
  ledger: Pick<ConsentLedger, 'of'>,
  { phone, form }: ConsentOptions,
  terminal: Terminal,
): Promise<ExitCode> => {
  const changes = await ledger.of(phone);
  if (changes.length === 0) {
    terminal.err('this phone never opted in or out by itself: consent is as registration left it');
    return exitCodes.problems;
  }
  for (const line of linesOf(changes, form)) terminal.out(line);
  return exitCodes.ok;
};

type Flags = Pick<ServerFlags, 'environment' | 'mongodb'> & {
  readonly csv?: boolean;
  readonly json?: boolean;
};

/** `dialog consent`: the proof of one phone's consent. */
export const addConsent = (program: Command, surroundings: Surroundings): void => {
  const command = program
    .command('consent')
    .argument('<phone>', 'in E.164, for example +12025550143', phoneFrom)
    .option('--csv', 'comma-separated values')
    .option('--json', 'one JSON object a line');
  withMongoOptions(command).action(async (phone: ReturnType<typeof phoneFrom>, flags: Flags) => {
    const form = formOf(flags);
    surroundings.ending.code = await onMongo({ flags, changes: false }, surroundings, async (mongo) =>
      consent(await mongoConsentLedger(mongo), { phone, form }, surroundings.terminal),
    );
  });
};
