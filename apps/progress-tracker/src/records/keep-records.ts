import type { Phone } from '@stopcovid/contracts';
import type { Course } from '@stopcovid/drills';
import type { Change } from '@stopcovid/projections';
import type { DrillRun } from '../progress/drill-run';
import type { TraineeProgress } from '../progress/evolve-progress';
import type { PhoneProgress } from '../progress/phone-progress';
import type { ProgressStore } from '../progress/progress-store';
import { erases } from '../erasure/erasure';
import { decideRecord, eraseRecord, type NameRecord } from './decide-record';
import type { CompletionRecord } from './record';
import type { KnownRecords, Records } from './records';

/** What records are made with. */
export type KeepParts = {
  readonly records: Pick<Records, 'of' | 'keep'>;
  readonly store: Pick<ProgressStore, 'runsOf'>;
  readonly course: () => Course;
  readonly nameRecord: NameRecord;
  /** Tells a trainee of a record that is about to be kept for the first time; it may be called again for the same one. */
  readonly tell: (record: CompletionRecord, progress: TraineeProgress) => Promise<void>;
  /** Called with the phones whose records cannot be read, and are left as they are. */
  readonly onUnreadable: (phones: readonly Phone[]) => void;
};

type Included = Change<PhoneProgress>['included'][number];

/** How many runs of a phone its record may rest on. */
export const mostRuns = 200;

/** Whether a batch did something to a run that has ended, or to its trainee for good. */
const concernsRecords = ({ arrival: { batch }, after }: Included): boolean =>
  erases(batch) ||
  [...after.runs.values()].some(
    (run) => run.version === batch.version && (run.superseded === true || run.status === 'completed'),
  );

/** The runs of a phone as they are after a batch, the latest first. */
const runsAfter = (stored: readonly DrillRun[], { runs }: PhoneProgress): readonly DrillRun[] =>
  [...new Map([...stored.map((run) => [run.runId, run] as const), ...runs]).values()].sort(
    (one, other) => other.startedVersion - one.startedVersion,
  );

type Known = { readonly records: readonly CompletionRecord[]; readonly stored: readonly DrillRun[] };
type DecideParts = { readonly course: Course; readonly nameRecord: NameRecord };

/** The record of a course that batches go on with: of those after an erasure, the last. */
const latestOf = (records: readonly CompletionRecord[], course: string): CompletionRecord | undefined =>
  records
    .filter((record) => record.course === course)
    .toSorted((one, other) => (other.after ?? 0) - (one.after ?? 0))[0];

/** What one batch makes of the records of its phone. */
const madeBy = (
  { arrival: { batch }, after }: Included,
  { records, stored }: Known,
  { course, nameRecord }: DecideParts,
): readonly CompletionRecord[] => {
  if (erases(batch))
    return records
      .filter(({ version, erasedAt }) => erasedAt === undefined && version < batch.version)
      .map((record) => eraseRecord(record, batch));
  const { registeredVersion = 0 } = after.trainee ?? {};
  const moment = { batch, registeredVersion, runs: runsAfter(stored, after), course };
  const made = decideRecord({ ...moment, record: latestOf(records, course.slug) }, nameRecord);
  return made === undefined ? [] : [made];
};

const withChanged = (records: readonly CompletionRecord[], changed: readonly CompletionRecord[]) => [
  ...new Map([...records, ...changed].map((record) => [record.id, record])).values(),
];

/** What the batches of a phone make of its records, in their order. */
const recordsIn = (
  { included }: Change<PhoneProgress>,
  { records: before, stored }: Known,
  parts: DecideParts,
): readonly CompletionRecord[] => {
  let records = before;
  return included.filter(concernsRecords).flatMap((each) => {
    const made = madeBy(each, { records, stored }, parts);
    records = withChanged(records, made);
    return made;
  });
};

/** Whether a trainee has completed all drills of a course. */
export const hasAll = ({ drills }: Course, trainee: Pick<TraineeProgress, 'drills'> | undefined): boolean =>
  drills.every((drill) => trainee?.drills.some((each) => each.drill === drill && each.completed > 0));

/** Whether all drills of the course were completed after one of the batches: how is in the runs, which are asked for then. */
const mayHavePassed = (course: Course, { included }: Change<PhoneProgress>): boolean =>
  included.some(({ after: { trainee } }) => hasAll(course, trainee));

/**
 * Keeps the records that batches make, take back and bring back. A batch may come again: it changes nothing then, and no
 * batch is asked about that a rebuild folds. Trainees are told first: the other way round a crash would leave one untold.
 */
export const keepRecords = ({
  records: kept,
  store,
  course: courseNow,
  nameRecord,
  tell,
  onUnreadable,
}: KeepParts) => {
  const keepOf = async (change: Change<PhoneProgress>, known: KnownRecords): Promise<void> => {
    const course = courseNow();
    const records = known.records.filter(({ phone }) => phone === change.phone);
    if (records.length === 0 && !mayHavePassed(course, change)) return;
    const stored = await store.runsOf(change.phone, mostRuns);
    const made = recordsIn(change, { records, stored }, { course, nameRecord });
    const { trainee } = change.next;
    for (const next of withChanged([], made)) {
      const isNew = next.erasedAt === undefined && !records.some(({ id }) => id === next.id);
      if (isNew && trainee !== undefined) await tell(next, trainee);
    }
    for (const next of made) await kept.keep(next);
  };
  return async (changes: readonly Change<PhoneProgress>[]): Promise<void> => {
    const concerned = changes.filter(({ included }) => included.some(concernsRecords));
    if (concerned.length === 0) return;
    const known = await kept.of(concerned.map(({ phone }) => phone));
    if (known.unreadable.length > 0) onUnreadable(known.unreadable);
    for (const change of concerned.filter(({ phone }) => !known.unreadable.includes(phone)))
      await keepOf(change, known);
  };
};
