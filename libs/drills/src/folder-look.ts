import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { assetNames, contentNames, readSources, settledRoot, unreadable, type Sources } from './directory';
import type { Problem } from './problem';

/** What a look finds: files, `same` where nothing is read as nothing has changed, or why nobody can tell. */
export type FolderLook = Sources | 'same' | { readonly unreadable: Problem };

/** What a look needs besides the folder, for tests. */
export type FolderTools = {
  /** Milliseconds of a clock that never jumps. */
  readonly now: () => number;
  readonly read: (directory: string) => Promise<Sources>;
};

const machineTools: FolderTools = { now: () => performance.now(), read: readSources };

/**
 * Two writes within one tick of a file system's clock leave the same stamp. No clock that matters ticks slower than
 * this: what is read so much later than its stamp was first seen is all that was ever written under it.
 */
const settledAfterMs = 2_000;

/** Some mounts go on telling what was true of a file a while ago: whatever they say, all is read this often. */
const trustedForMs = 60_000;

/** An edit, another file in its place and a restored one each change something of it. */
const stampOfFile = async (root: string, name: string): Promise<string> => {
  const { dev, ino, size, mtimeNs, ctimeNs } = await stat(join(root, name), { bigint: true });
  return [dev, ino, size, mtimeNs, ctimeNs, name].join(' ');
};

/** Tells states of a folder apart without reading its files. Rejects when one of them cannot be found. */
const stampOf = async (directory: string): Promise<string> => {
  const root = await settledRoot(directory);
  const names = await contentNames(root);
  const files = await Promise.all(names.map((name) => stampOfFile(root, name)));
  const assets = [...(await assetNames(root))].sort();
  return JSON.stringify([root, files, assets]);
};

/** When a stamp was first seen, and the files last read under it. */
type Read = { readonly stamp: string; readonly seenAt: number; readonly readAt: number };

const isSure = ({ seenAt, readAt }: Read, now: number): boolean =>
  readAt - seenAt >= settledAfterMs && now - readAt < trustedForMs;

/**
 * Looks at a folder again and again, and reads its files only when what the file system says of them has changed, is
 * too young to be relied on, or was relied on for a minute; `same` when it read nothing. Never rejects.
 */
export const folderLooks = (
  directory: string,
  { now, read }: FolderTools = machineTools,
): (() => Promise<FolderLook>) => {
  let last: Read | undefined;
  return async () => {
    const stamp = await stampOf(directory).catch(() => undefined);
    const at = now();
    const known = last !== undefined && last.stamp === stamp ? last : undefined;
    if (known !== undefined && isSure(known, at)) return 'same';
    last = undefined;
    try {
      const sources = await read(directory);
      if (stamp !== undefined) last = { stamp, seenAt: known?.seenAt ?? at, readAt: at };
      return sources;
    } catch (reason) {
      return { unreadable: unreadable(directory, reason) };
    }
  };
};
