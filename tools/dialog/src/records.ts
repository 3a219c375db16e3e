import { generateKeyPairSync } from 'node:crypto';
import type { Command } from 'commander';
import type { Surroundings } from './surroundings';
import type { Terminal } from './terminal';

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

/** `dialog records`: what completion records need. */
export const addRecords = (program: Command, { terminal }: Surroundings): void => {
  program
    .command('records')
    .command('key')
    .description('make a key to sign records with, and say what to set where')
    .action(() => newRecordsKey(terminal));
};
