import { mongoProgressStore } from '@stopcovid/progress-tracker';
import { type Command, InvalidArgumentError } from 'commander';
import { UsageError } from './exit';
import { onMongo, withMongoOptions, type ServerFlags } from './servers';
import type { Surroundings } from './surroundings';
import { trainees, type TraineesOptions } from './trainees';

type Flags = Pick<
  TraineesOptions,
  'employer' | 'unit' | 'language' | 'optedOut' | 'registered' | 'limit' | 'after'
> &
  Pick<ServerFlags, 'environment' | 'mongodb'> & {
    readonly csv?: boolean;
    readonly json?: boolean;
    readonly full?: boolean;
  };

const howMany = (text: string): number => {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1)
    throw new InvalidArgumentError('It takes a whole number from 1 on.');
  return count;
};

const formOf = ({ csv, json }: Flags): TraineesOptions['form'] => {
  if (csv && json) throw new UsageError('Give --csv or --json, not both.');
  if (csv) return 'csv';
  return json ? 'json' : 'text';
};

/** `dialog trainees`: who is known. */
export const addTrainees = (program: Command, surroundings: Surroundings): void => {
  const command = program
    .command('trainees')
    .description('list trainees from the projection, in the order of their phones')
    .option('--employer <id>')
    .option('--unit <id>')
    .option('--language <language>', 'two letters, such as es')
    .option('--opted-out', 'only those who opted out')
    .option('--no-opted-out', 'only those who did not')
    .option('--registered', 'only those who are registered')
    .option('--no-registered', 'only those who are not')
    .option('--limit <count>', 'so many at the most', howMany)
    .option('--after <phone>', 'those behind this phone')
    .option('--csv', 'comma-separated values')
    .option('--json', 'one JSON object a line')
    .option('--full', 'phones as they are: personal data');
  withMongoOptions(command).action(async ({ csv, json, full, environment, mongodb, ...flags }: Flags) => {
    const form = formOf({ ...(csv ? { csv } : {}), ...(json ? { json } : {}) });
    const servers = { ...(environment ? { environment } : {}), ...(mongodb ? { mongodb } : {}) };
    surroundings.ending.code = await onMongo(
      { flags: servers, changes: false },
      surroundings,
      async (connection) =>
        trainees(
          await mongoProgressStore(connection),
          { ...flags, form, full: full ?? false },
          surroundings.terminal,
        ),
    );
  });
};
