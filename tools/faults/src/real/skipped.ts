import type { decodeBatch } from '@stopcovid/contracts';
import type { LogRecord } from '@stopcovid/kafka';
import type { DocumentDifference, PhoneReport } from '@stopcovid/progress-tracker';

/** What a release makes of the topic of events. */
export type Reading = {
  readonly decodeBatch: typeof decodeBatch;
  /** The collections of its projections. */
  readonly keeps: ReadonlySet<string>;
};

type WireEvent = { readonly type?: unknown; readonly runId?: unknown };

const named = (phone: string, { runId }: WireEvent): readonly string[] =>
  typeof runId === 'string' ? [phone, runId] : [phone];

/** The ids of the documents that events speak of which a release does not know: their phones and their runs. */
export const skippedBy = (
  { decodeBatch: read }: Pick<Reading, 'decodeBatch'>,
  events: readonly LogRecord[],
): ReadonlySet<string> =>
  new Set(
    events.flatMap(({ value }) => {
      const batch = value === null ? undefined : read(value);
      if (!batch?.ok || batch.value.unknownEvents.length === 0) return [];
      const wire = JSON.parse(String(value)) as { readonly events: readonly WireEvent[] };
      return wire.events
        .filter(({ type }) => batch.value.unknownEvents.includes(String(type)))
        .flatMap((event) => named(batch.value.phone, event));
    }),
  );

/** Something may lack in a document that is there, and a projection that the release does not keep may lack as a whole. */
const isExplained = (
  { collection, id, live, shadow }: DocumentDifference,
  keeps: Reading['keeps'],
  skipped: ReadonlySet<string>,
): boolean => !keeps.has(collection) || (live !== undefined && shadow !== undefined && skipped.has(id));

const lineOf = (phone: string, { collection, id, fields }: DocumentDifference): string =>
  `${collection} ${id} of ${phone} is not the fold: ${fields.join(', ') || 'one side lacks it'}`;

/**
 * What a rebuild found that has no reason in what the earlier release leaves out, one line each. A phone that was
 * written each time that it was looked at was not judged.
 */
export const unexplained = (
  reports: readonly PhoneReport[],
  { keeps }: Pick<Reading, 'keeps'>,
  skipped: ReadonlySet<string>,
): readonly string[] =>
  reports.flatMap(({ phone, finding, differences }) => {
    if (finding === 'unsettled') return [];
    if (finding === 'late' || finding === 'hole' || finding === 'unknown') return [`${phone} is ${finding}`];
    return differences
      .filter((difference) => !isExplained(difference, keeps, skipped))
      .map((difference) => lineOf(phone, difference));
  });
