import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The repository's top folder. */
export const root = join(__dirname, '..', '..', '..');

const skipped = new Set(['node_modules', 'dist', '.git', '.nx', '.cache', 'coverage']);

/** All files below a folder, relative to the top, without what is installed or built. */
export const filesBelow = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (skipped.has(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });

/** A file's text, by its path from the top. */
export const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** The projects of a group such as `apps`. */
export const projectsIn = (group: string): readonly string[] =>
  readdirSync(join(root, group), { withFileTypes: true })
    .filter(
      (entry) =>
        entry.isDirectory() &&
        filesBelow(join(group, entry.name)).some((file) => file.endsWith('package.json')),
    )
    .map(({ name }) => join(group, name));
