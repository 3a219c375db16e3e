import type { LogRecord } from '@stopcovid/kafka';

/** The version of a batch without a look at the rest of it; undefined where the record is no batch. */
export const versionIn = ({ value }: Pick<LogRecord, 'value'>): number | undefined => {
  if (value === null) return undefined;
  try {
    const batch: unknown = JSON.parse(value.toString('utf8'));
    if (batch === null || typeof batch !== 'object' || !('version' in batch)) return undefined;
    return typeof batch.version === 'number' ? batch.version : undefined;
  } catch {
    return undefined;
  }
};
