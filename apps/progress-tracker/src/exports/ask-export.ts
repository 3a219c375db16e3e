import { createHash, randomBytes } from 'node:crypto';
import type { Caller } from '@stopcovid/runtime';
import type { WantedFile } from '../files/wanted';
import { given } from '../given';
import type { Export } from './export';
import type { ExportChunks } from './export-chunks';
import type { Exports } from './exports';
import { fileOf, type ListName } from './list-query';

/** What is asked for. `key` makes asking again harmless. */
export type ExportRequest = {
  readonly list: ListName;
  readonly query: Readonly<Record<string, string>>;
  readonly file: WantedFile;
  readonly key?: string | undefined;
};

export type AskParts = {
  readonly exports: Pick<Exports, 'add' | 'one' | 'list' | 'bytes'>;
  readonly now: () => Date;
  readonly keptDays: number;
  /** What all files may take up together. */
  readonly mostBytes: number;
};

/** What came of asking. `keyReused`: the same key stood for something else before. */
export type Asked =
  | { readonly kind: 'accepted'; readonly export: Export }
  | { readonly kind: 'keyReused' | 'tooMany' | 'full' };

/** So many of one key may wait at a time. */
export const mostWaiting = 20;

const dayMs = 24 * 60 * 60 * 1_000;

const hashOf = (...parts: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 24);

const idOf = (by: string, key: string | undefined): string =>
  `ex_${key === undefined ? randomBytes(12).toString('hex') : hashOf(by, key)}`;

const sorted = (fields: object): readonly (readonly [string, unknown])[] =>
  Object.entries(fields).toSorted(([one], [other]) => (one < other ? -1 : 1));

const fingerprintOf = ({ list, query, file }: ExportRequest, { employers }: Caller): string =>
  hashOf(list, sorted(query), sorted(file), employers?.toSorted() ?? null);

const isWaiting = ({ standing: { state } }: Export): boolean => state === 'queued' || state === 'running';

const hasTooMany = async ({ exports: exports_ }: AskParts, by: string): Promise<boolean> => {
  let waiting = 0;
  for await (const one of exports_.list()) {
    if (one.by === by && isWaiting(one)) waiting += 1;
    if (waiting >= mostWaiting) return true;
  }
  return false;
};

/** Asks for an export in the scope of whoever asks. Throws 400 for a query that the list's route would refuse. */
export const askExport = async (request: ExportRequest, caller: Caller, parts: AskParts): Promise<Asked> => {
  const { list, query, file } = request;
  await fileOf(list, query);
  const id = idOf(caller.name, request.key);
  const fingerprint = fingerprintOf(request, caller);
  const before = request.key === undefined ? undefined : await parts.exports.one(id);
  if (before !== undefined)
    return before.fingerprint === fingerprint ? { kind: 'accepted', export: before } : { kind: 'keyReused' };
  if (await hasTooMany(parts, caller.name)) return { kind: 'tooMany' };
  if ((await parts.exports.bytes()) >= parts.mostBytes) return { kind: 'full' };
  const createdAt = parts.now();
  const export_: Export = {
    ...{ id, list, query, file, by: caller.name, fingerprint, createdAt, version: 1 },
    ...given({ employers: caller.employers }),
    expiresAt: new Date(createdAt.getTime() + parts.keptDays * dayMs),
    standing: { state: 'queued', attempts: 0, dueAt: createdAt },
  };
  if (await parts.exports.add(export_)) return { kind: 'accepted', export: export_ };
  return askExport(request, caller, parts);
};

/**
 * May they see an export, and have its file? It is there for the key that asked for it and for admins, as far as what it
 * tells of is theirs to read now.
 */
export const maySee = ({ name, role, employers }: Caller, one: Export): boolean =>
  (role === 'admin' || name === one.by) &&
  (employers === undefined || one.employers?.every((each) => employers.includes(each)) === true);

/** Takes an export away with its file; who is making it stops. */
export const removeExport = async (
  id: string,
  {
    exports: exports_,
    chunks,
  }: { readonly exports: Pick<Exports, 'remove'>; readonly chunks: Pick<ExportChunks, 'removeOf'> },
): Promise<void> => {
  await exports_.remove(id);
  await chunks.removeOf(id);
};
