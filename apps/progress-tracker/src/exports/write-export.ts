import { createHash } from 'node:crypto';
import type { ListFile } from '../files/list-file';
import { inChunks, type ExportChunks } from './export-chunks';
import type { Ready, Running } from './export';

/** What a file came to. */
export type Written = Pick<Ready['standing'], 'rows' | 'bytes' | 'chunks' | 'sha256'>;

export type WriteParts = {
  readonly chunks: Pick<ExportChunks, 'write'>;
  /** Told after each chunk how far it is. */
  readonly onProgress: (extent: Pick<Written, 'rows' | 'bytes'>) => void;
  /** Throws where it must not go on. */
  readonly mayGoOn: () => void;
};

/**
 * Writes the file of an export, holding a chunk of it at a time. Throws what the list throws, what the store throws, and
 * what `mayGoOn` throws; the list is read no further then.
 */
export const writeExport = async (
  { id, expiresAt, standing: { claim } }: Running,
  { parts: { body, rows } }: ListFile,
  { chunks, onProgress, mayGoOn }: WriteParts,
): Promise<Written> => {
  const hash = createHash('sha256');
  const pieces = body as AsyncIterable<Uint8Array>;
  let [index, written] = [0, 0];
  for await (const bytes of inChunks(pieces)) {
    mayGoOn();
    hash.update(bytes);
    await chunks.write({ export: id, claim, index, bytes, expiresAt });
    index += 1;
    written += bytes.length;
    onProgress({ rows: rows(), bytes: written });
  }
  mayGoOn();
  return { rows: rows(), bytes: written, chunks: index, sha256: hash.digest('hex') };
};

/** The bytes of a file, a chunk at a time. Throws where one is gone, so that nobody takes the rest for whole. */
export async function* bytesIn(
  chunks: Pick<ExportChunks, 'read'>,
  { id, standing: { claim, chunks: count } }: Ready,
): AsyncGenerator<Uint8Array> {
  for (let index = 0; index < count; index += 1) {
    const bytes = await chunks.read({ export: id, claim, index });
    if (bytes === undefined) throw new Error(`chunk ${index} of ${count} of the export ${id} is gone`);
    yield bytes;
  }
}
