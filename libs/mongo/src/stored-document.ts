import type { z } from 'zod';

/** What a document holds. Unreadable: somebody else's hand was in it, or a later release wrote it. */
export type Stored<T> =
  | { readonly kind: 'readable'; readonly value: T }
  | { readonly kind: 'unreadable'; readonly reason: string };

const mostFields = 3;

/**
 * Reads a document as it came from the database; fields that the schema does not know are left out. Every store reads
 * its documents by this one way, so that one that cannot be read stops its own phone and nobody else's. The reason
 * names fields alone: their values are personal.
 */
export const readStored = <T>(schema: z.ZodType<T>, document: unknown): Stored<T> => {
  const parsed = schema.safeParse(document);
  if (parsed.success) return { kind: 'readable', value: parsed.data };
  const fields = parsed.error.issues.map(({ path, code }) => `${path.join('.') || 'document'}: ${code}`);
  return { kind: 'unreadable', reason: fields.slice(0, mostFields).join('; ') };
};
