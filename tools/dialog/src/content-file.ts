import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { UsageError } from './exit';

/** What a file in YAML or JSON says. Throws UsageError when it cannot be read. */
export const contentOf = async (file: string): Promise<unknown> => {
  try {
    return parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
};
