import { createHash } from 'node:crypto';
import { drillHashSchema, type DrillContent, type DrillHash, type DrillRevision } from '@stopcovid/contracts';
import { asWritten } from './other-words';

/** JSON with the keys of every object sorted and no spaces: equal values have equal texts. Text is left as it is. */
export const canonicalJson = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value)
    .filter(([, held]) => held !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, held]) => `${JSON.stringify(key)}:${canonicalJson(held)}`);
  return `{${entries.join(',')}}`;
};

/** SHA-256 of the canonical JSON of any value, in hexadecimal digits. */
export const sha256Of = (value: unknown): string =>
  createHash('sha256').update(canonicalJson(value), 'utf8').digest('hex');

/** The name of content for ever: SHA-256 over its canonical JSON, as its author wrote it. */
export const drillHash = (content: DrillContent): DrillHash =>
  drillHashSchema.parse(sha256Of(asWritten(content)));

/** Content under its hash. */
export const toRevision = (content: DrillContent): DrillRevision => ({ hash: drillHash(content), content });
