import { readFile } from 'node:fs/promises';
import type { Phone } from '@stopcovid/contracts';
import { UsageError } from './exit';
import { phoneFrom } from './typed';

/** How phones are named on a command line: each by itself, in a file with one a line, or all of them. */
export type NamedPhones = {
  readonly typed: readonly string[];
  readonly file?: string;
  readonly all: boolean;
};

const readText = async (path: string): Promise<string> => {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
};

/** The phones of a file, one a line; what stands behind a # does not count. Throws what is wrong, with its line. */
const phonesOfFile = async (path: string): Promise<readonly Phone[]> => {
  const lines = (await readText(path)).replace(/^\uFEFF/, '').split(/\r?\n/);
  return lines.flatMap((line, index) => {
    const typed = line.split('#', 1).join().trim();
    if (typed === '') return [];
    try {
      return [phoneFrom(typed)];
    } catch (error) {
      throw new UsageError(
        `${path}, line ${index + 1}: ${error instanceof Error ? error.message : 'unreadable'}`,
      );
    }
  });
};

/** The phones meant, each once; undefined means all. Throws when nobody or too much is named. */
export const phonesMeant = async ({
  typed,
  file,
  all,
}: NamedPhones): Promise<readonly Phone[] | undefined> => {
  const named = [...typed.map(phoneFrom), ...(file === undefined ? [] : await phonesOfFile(file))];
  if (all && named.length > 0) throw new UsageError('Give phones or --all, not both.');
  if (all) return undefined;
  if (named.length === 0) throw new UsageError('Which phones? Name some, give --phones-file, or --all.');
  return [...new Set(named)];
};
