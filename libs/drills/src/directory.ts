import { createHash } from 'node:crypto';
import { open, readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Catalogue } from './catalogue';
import { isContentFile, isDrillFile, lintFiles, mostFiles, type LintReport } from './lint';
import type { Problem } from './problem';
import { maxFileBytes, type SourceFile } from './source';

/** The files of a catalogue as they were found; `digest` tells one state of them from another. */
export type Sources = {
  readonly files: readonly SourceFile[];
  readonly assets?: ReadonlySet<string>;
  readonly digest: string;
};

/** A catalogue that may be used, with what could be better; or all that keeps it from being used. */
export type CatalogueResult =
  | { readonly ok: true; readonly catalogue: Catalogue; readonly warnings: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Kubernetes and git-sync replace a directory by swapping a link. Following it once makes all files come from one side
 * of the swap.
 */
export const settledRoot = async (directory: string): Promise<string> =>
  realpath(join(directory, '..data')).catch(() => realpath(directory));

/** One byte more than is allowed is enough for lint to see that there is too much. */
const readText = async (path: string): Promise<string> => {
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.alloc(maxFileBytes + 1);
    let filled = 0;
    for (;;) {
      const { bytesRead } = await file.read(buffer, filled, buffer.length - filled);
      filled += bytesRead;
      if (bytesRead === 0 || filled === buffer.length) return buffer.toString('utf8', 0, filled);
    }
  } finally {
    await file.close();
  }
};

/** The names of what may be content, in order; no more of them than lint needs to see that there are too many. */
export const contentNames = async (root: string): Promise<readonly string[]> =>
  (await readdir(root))
    .filter(isContentFile)
    .sort()
    .slice(0, mostFiles + 1);

const contentFiles = async (root: string): Promise<readonly SourceFile[]> => {
  const files: SourceFile[] = [];
  for (const path of await contentNames(root))
    if ((await stat(join(root, path))).isFile()) files.push({ path, text: await readText(join(root, path)) });
  return files;
};

/** The names of the pictures, in whatever order the file system has them; none where there is no folder for them. */
export const assetNames = async (root: string): Promise<ReadonlySet<string>> => {
  const entries = await readdir(join(root, 'assets'), { recursive: true }).catch(() => []);
  return new Set(entries.map((name) => name.replaceAll('\\', '/')));
};

/** Distinguishes any two states of the files; the names and lengths keep them from running into each other. */
export const digestOf = (files: readonly SourceFile[], assets: ReadonlySet<string> | undefined): string => {
  const hash = createHash('sha256');
  for (const { path, text } of files) hash.update(JSON.stringify([path, text]));
  return hash.update(JSON.stringify([...(assets ?? [])].sort())).digest('hex');
};

/** Reads the drill files of a directory and the names of its pictures. Rejects when the directory cannot be read. */
export const readSources = async (directory: string): Promise<Sources> => {
  const root = await settledRoot(directory);
  const [files, assets] = [await contentFiles(root), await assetNames(root)];
  return { files, assets, digest: digestOf(files, assets) };
};

/** What lint makes of the files. */
export const judge = ({ files, assets }: Sources): CatalogueResult =>
  toResult(lintFiles(files, assets && { assets }));

const toResult = ({ catalogue, problems }: LintReport): CatalogueResult =>
  catalogue ? { ok: true, catalogue, warnings: problems } : { ok: false, problems };

/** The sentence of something thrown, with the one beneath it, where `fetch` keeps what really happened. */
export const reasonOf = (thrown: unknown): string => {
  if (typeof thrown !== 'object' || thrown === null || !('message' in thrown)) return String(thrown);
  const cause = 'cause' in thrown && thrown.cause ? `: ${reasonOf(thrown.cause)}` : '';
  return `${String(thrown.message)}${cause}`;
};

/** What cannot be read at all, said like any other problem. */
export const unreadable = (place: string, reason: unknown): Problem => ({
  severity: 'error',
  file: place,
  line: 1,
  column: 1,
  code: 'file-unreadable',
  message: reasonOf(reason),
});

/** Reads and lints a drill directory. Never rejects: what cannot be read is a problem like any other. */
export const readCatalogue = async (directory: string): Promise<CatalogueResult> => {
  try {
    return judge(await readSources(directory));
  } catch (reason) {
    return { ok: false, problems: [unreadable(directory, reason)] };
  }
};

/** What there is to lint, with the one file that is meant where a file was named. */
type LintSources = Sources & { readonly only?: string };

/**
 * Reads a directory, or of one file all that it is judged with: a drill alone, beside its pictures; what is about the
 * drills, with these. Rejects when it cannot be read.
 */
const readLintSources = async (place: string): Promise<LintSources> => {
  if ((await stat(place)).isDirectory()) return readSources(place);
  const [folder, only] = [dirname(place), basename(place)];
  if (!isContentFile(only)) throw new Error('it takes a folder of drills, or a file in YAML or JSON');
  if (!isDrillFile(only)) return { ...(await readSources(folder)), only };
  const files = [{ path: only, text: await readText(place) }];
  const assets = await assetNames(folder);
  return { files, assets, digest: digestOf(files, assets), only };
};

/** All that lint has to say of what was read; where one file is meant, of that file. */
const lintSources = ({ files, assets, only }: LintSources): LintReport => {
  const report = lintFiles(files, assets && { assets });
  if (only === undefined) return report;
  return {
    problems: report.problems.filter(({ file }) => file === only),
    cost: isDrillFile(only) ? report.cost : [],
  };
};

/** All that lint has to say of a drill directory or a file, with what each drill costs. Never rejects either. */
export const lintPlace = async (
  place: string,
): Promise<LintReport & Pick<LintSources, 'files' | 'digest'>> => {
  try {
    const sources = await readLintSources(place);
    return { ...lintSources(sources), files: sources.files, digest: sources.digest };
  } catch (reason) {
    const problem = unreadable(place, reason);
    return { problems: [problem], cost: [], files: [], digest: problem.message };
  }
};
