import { readStored } from '@stopcovid/mongo';
import type { z } from 'zod';
import { DocumentUnreadable } from './progress-store';

/** What a stored document says. Throws DocumentUnreadable, which names it as it is named here: by its collection or its id. */
export const readDocument = <T>(schema: z.ZodType<T>, name: string, document: unknown): T => {
  const stored = readStored(schema, document);
  if (stored.kind === 'unreadable') throw new DocumentUnreadable(`${name}: ${stored.reason}`);
  return stored.value;
};
