import { mongoConsentLedger } from '@stopcovid/progress-tracker';
import type { Command } from 'commander';
import { consent } from './consent';
import { UsageError } from './exit';
import { onMongo, withMongoOptions, type ServerFlags } from './servers';
import { phoneFrom } from './show';
import type { Surroundings } from './surroundings';

type Flags = Pick<ServerFlags, 'environment' | 'mongodb'> & {
  readonly csv?: boolean;
  readonly json?: boolean;
};

const formOf = ({ csv, json }: Flags): 'text' | 'csv' | 'json' => {
  if (csv && json) throw new UsageError('Give --csv or --json, not both.');
  if (csv) return 'csv';
  return json ? 'json' : 'text';
};

/** `dialog consent`: the proof of one phone's consent. */
export const addConsent = (program: Command, surroundings: Surroundings): void => {
  const command = program
    .command('consent')
    .description('every opt-in and opt-out of a phone: word, language, source, message, time')
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
