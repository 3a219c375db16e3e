import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A process that says this lost a promise of its own: it should never have come so far. */
const escaped = /a rejection escaped|an exception escaped|UnhandledPromiseRejection|"level":"fatal"/;

/** Lines that tell of a crash, with the file they stand in. */
export const crashesIn = (name: string, lines: readonly string[]): readonly string[] =>
  lines.filter((line) => escaped.test(line)).map((line) => `${name} logged: ${line.slice(0, 400)}`);

/** The same for all logs of a run. */
export const crashesOf = (logDirectory: string): readonly string[] =>
  readdirSync(logDirectory, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.log'))
    .flatMap((file) => crashesIn(file, readFileSync(join(logDirectory, file), 'utf8').split('\n')));
