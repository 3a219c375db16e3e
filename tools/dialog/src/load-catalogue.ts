import { formatProblem, readCatalogue, type Catalogue } from '@stopcovid/drills';
import { UsageError } from './exit';

/** The drills of a folder. Throws with every problem when they cannot be used. */
export const loadCatalogue = async (directory: string): Promise<Catalogue> => {
  const read = await readCatalogue(directory);
  if (read.ok) return read.catalogue;
  throw new UsageError(
    `the drills in ${directory} cannot be used:\n${read.problems.map(formatProblem).join('\n')}`,
  );
};

export const drillsOption = ['--drills <dir>', 'folder of the drills and their course', 'drills'] as const;
