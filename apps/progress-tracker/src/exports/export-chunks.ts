/** One piece of a file: of the attempt that wrote it, and the how manieth it is, from 0. */
export type ChunkPlace = { readonly export: string; readonly claim: string; readonly index: number };
export type Chunk = ChunkPlace & { readonly bytes: Uint8Array; readonly expiresAt: Date };

/** The files of exports, in pieces. All methods reject when the store cannot be reached. */
export interface ExportChunks {
  write(chunk: Chunk): Promise<void>;
  /** Undefined when it is not there any more. */
  read(place: ChunkPlace): Promise<Uint8Array | undefined>;
  /** Removes what every attempt wrote, or every other than this one. */
  removeOf(id: string, except?: string): Promise<void>;
  /** Removes what one attempt wrote. */
  removeAttempt(id: string, claim: string): Promise<void>;
}

/** A chunk's length at the most, in bytes: far under what a document of MongoDB may have. */
export const chunkBytes = 1024 * 1024;

/** The same bytes in chunks of this length, but for the last. */
export async function* inChunks(
  pieces: AsyncIterable<Uint8Array>,
  length = chunkBytes,
): AsyncGenerator<Uint8Array> {
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  for await (const piece of pieces) {
    let rest = piece;
    while (heldBytes + rest.length >= length) {
      yield Buffer.concat([...held, rest.subarray(0, length - heldBytes)]);
      rest = rest.subarray(length - heldBytes);
      [held, heldBytes] = [[], 0];
    }
    held.push(rest);
    heldBytes += rest.length;
  }
  if (heldBytes > 0) yield Buffer.concat(held);
}

const nameOf = ({ claim, index }: ChunkPlace): string => `${claim}:${index}`;

/** Chunks in this process alone: gone when it ends. */
export const inMemoryExportChunks = (): ExportChunks => {
  const kept = new Map<string, Map<string, Chunk>>();
  const remove = (id: string, isToGo: (chunk: Chunk) => boolean): Promise<void> => {
    for (const [name, chunk] of kept.get(id) ?? []) if (isToGo(chunk)) kept.get(id)?.delete(name);
    return Promise.resolve();
  };
  return {
    write: (chunk) => {
      const ofExport = kept.get(chunk.export) ?? new Map<string, Chunk>();
      kept.set(chunk.export, ofExport.set(nameOf(chunk), chunk));
      return Promise.resolve();
    },
    read: (place) => Promise.resolve(kept.get(place.export)?.get(nameOf(place))?.bytes),
    removeOf: (id, except) => remove(id, ({ claim }) => claim !== except),
    removeAttempt: (id, claim) => remove(id, (chunk) => chunk.claim === claim),
  };
};
