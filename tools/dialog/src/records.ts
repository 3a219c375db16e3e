import { generateKeyPairSync } from 'node:crypto';
import type { Phone } from '@stopcovid/contracts';
import type { Command } from 'commander';
import { UsageError } from './exit';
import { apiAt, makeRecords } from './make-records';
import type { Surroundings } from './surroundings';
import type { Terminal } from './terminal';
import { phoneFrom } from './typed';

const whatToDo = (
  x: string,
): string => `A new key to sign completion records with. Keep a copy where you keep what cannot be made again.

  RECORDS_KEY           the key on standard output, in a Secret:
                        dialog records key > records-key.pem
                        kubectl create secret generic stopcovid-records --from-file=key=records-key.pem
  RECORDS_ISSUER_NAME   whom records are from, as people read it
  RECORDS_URL           the public address before /records, for good

Its public part, for RECORDS_EARLIER_KEYS once another key has taken its place:
  ${x}`;

/** Prints a new private key as PEM on standard output, and what to set where beside it. It is kept nowhere. */
export const newRecordsKey = (terminal: Terminal): void => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  terminal.out(privateKey.export({ format: 'pem', type: 'pkcs8' }).toString().trimEnd());
  terminal.err(whatToDo(String(publicKey.export({ format: 'jwk' }).x)));
};

const help = `
For who passed the course before records were switched on, or lost the text with the address. Goes through the API of
progress-tracker: TRACKER_URL says where it is, TRACKER_KEY is a key of the role operator. There is one record per
trainee and course, however often it is made.

  dialog records make +12025550143 --tell-again
  dialog records make --all-passed`;

const urlIn = (text: string | undefined): URL => {
  if (text === undefined || !/^https?:/.test(text) || !URL.canParse(text))
    throw new UsageError('Say where progress-tracker is: TRACKER_URL=https://tracker.example.org');
  return new URL(text);
};

const keyIn = (text: string | undefined): string => {
  if (text === undefined || text === '')
    throw new UsageError('TRACKER_KEY must be a key of the role operator.');
  return text;
};

type MakeFlags = { readonly allPassed?: boolean; readonly tellAgain?: boolean; readonly yes?: boolean };

const addMake = (records: Command, { terminal, ending, environment }: Surroundings): void => {
  records
    .command('make')
    .description('make the record of somebody who passed and has none')
    .argument('[phone]', 'in E.164, for example +12025550143', phoneFrom)
    .option('--all-passed', 'of everybody who passed the course and has none')
    .option('--tell-again', 'text the address once more where there is one')
    .option('--yes', 'do not ask')
    .addHelpText('after', help)
    .action(async (phone: Phone | undefined, { allPassed, tellAgain = false, yes = false }: MakeFlags) => {
      if ((phone === undefined) !== (allPassed === true))
        throw new UsageError('Say whose record: a phone, or --all-passed.');
      if (tellAgain && phone === undefined) throw new UsageError('--tell-again is of one phone.');
      const ask = apiAt(urlIn(environment['TRACKER_URL']), keyIn(environment['TRACKER_KEY']));
      ending.code = await makeRecords({ phone, tellAgain, yes }, { ask, terminal });
    });
};

/** `dialog records`: what completion records need, and one for who has none. */
export const addRecords = (program: Command, surroundings: Surroundings): void => {
  const { terminal } = surroundings;
  const records = program.command('records');
  addMake(records, surroundings);
  records
    .command('key')
    .description('make a key to sign records with, and say what to set where')
    .action(() => newRecordsKey(terminal));
};
