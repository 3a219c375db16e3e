import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';

/** A process that says this lost a promise of its own: it should never have come so far. */
const escaped = /a rejection escaped|an exception escaped|UnhandledPromiseRejection|"level":"fatal"/;

/** Lines that tell of a crash, with the file they stand in. */
export const crashesIn = (name: string, lines: Iterable<string>): readonly string[] => {
  const crashes: string[] = [];
  for (const line of lines) if (escaped.test(line)) crashes.push(`${name} logged: ${line.slice(0, 400)}`);
  return crashes;
};

const usualChunkBytes = 1_024 * 1_024;

/** The lines of a file, which may be longer than any text can be. */
export const linesOf = function* (file: string, chunkBytes = usualChunkBytes): Generator<string> {
  const [handle, chunk] = [openSync(file, 'r'), Buffer.alloc(chunkBytes)];
  try {
    let begun = Buffer.alloc(0);
    for (let read = readSync(handle, chunk); read > 0; read = readSync(handle, chunk)) {
      const bytes = Buffer.concat([begun, chunk.subarray(0, read)]);
      const end = bytes.lastIndexOf('\n') + 1;
      if (end > 0) yield* bytes.toString('utf8', 0, end - 1).split('\n');
      begun = bytes.subarray(end);
    }
    if (begun.length > 0) yield begun.toString('utf8');
  } finally {
    closeSync(handle);
  }
};

/** The same for all logs of a run. */
export const crashesOf = (logDirectory: string): readonly string[] =>
  readdirSync(logDirectory, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.log'))
    .flatMap((file) => crashesIn(file, linesOf(join(logDirectory, file))));
