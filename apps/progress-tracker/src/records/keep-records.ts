import type { Phone } from '@stopcovid/contracts';
import type { Course } from '@stopcovid/drills';
import type { Change } from '@stopcovid/projections';
import type { DrillRun } from '../progress/drill-run';
import type { PhoneProgress } from '../progress/phone-progress';
import type { ProgressStore } from '../progress/progress-store';
import { decideRecord, type NameRecord } from './decide-record';
import type { CompletionRecord } from './record';
import type { Records } from './records';

/** What records are made with. */
export type KeepParts = {
  readonly records: Pick<Records, 'of' | 'keep'>;
  readonly store: Pick<ProgressStore, 'runsOf'>;
  readonly course: () => Course;
  readonly nameRecord: NameRecord;
  /** Called with the phones whose records cannot be read, and are left as they are. */
  readonly onUnreadable: (phones: readonly Phone[]) => void;
};

type Included = Change<PhoneProgress>['included'][number];

const mostRuns = 200;

/** Whether a batch did something to a run that has ended. */
const concernsRecords = ({ arrival: { batch }, after }: Included): boolean =>
  [...after.runs.values()].some(
    (run) => run.version === batch.version && (run.superseded === true || run.status === 'completed'),
  );

/** The runs of a phone as they are after a batch, the latest first. */
const runsAfter = (stored: readonly DrillRun[], { runs }: PhoneProgress): readonly DrillRun[] =>
  [...new Map([...stored.map((run) => [run.runId, run] as const), ...runs]).values()].sort(
    (one, other) => other.startedVersion - one.startedVersion,
  );

type Known = { readonly record: CompletionRecord | undefined; readonly stored: readonly DrillRun[] };

/** What each batch of a phone makes of its record, in their order. */
const recordsIn = (
  { included }: Change<PhoneProgress>,
  { record: before, stored }: Known,
  { course, nameRecord }: { readonly course: Course; readonly nameRecord: NameRecord },
): readonly CompletionRecord[] => {
  let record = before;
  return included.filter(concernsRecords).flatMap(({ arrival: { batch }, after }) => {
    const { registeredVersion = 0 } = after.trainee ?? {};
    const runs = runsAfter(stored, after);
    const next = decideRecord({ batch, registeredVersion, runs, course, record }, nameRecord);
    record = next ?? record;
    return next ?? [];
  });
};

/** Whether all drills of the course were completed after one of the batches: how is in the runs, which are asked for then. */
const mayHavePassed = ({ drills }: Course, { included }: Change<PhoneProgress>): boolean =>
  included.some(({ after: { trainee } }) =>
    drills.every((drill) => trainee?.drills.some((each) => each.drill === drill && each.completed > 0)),
  );

/**
 * Keeps the records that batches make, take back and bring back. A batch may come again: it changes nothing then, and no
 * batch is asked about that a rebuild folds.
 */
export const keepRecords =
  ({ records, store, course: courseNow, nameRecord, onUnreadable }: KeepParts) =>
  async (changes: readonly Change<PhoneProgress>[]): Promise<void> => {
    const concerned = changes.filter(({ included }) => included.some(concernsRecords));
    if (concerned.length === 0) return;
    const course = courseNow();
    const known = await records.of(concerned.map(({ phone }) => phone));
    if (known.unreadable.length > 0) onUnreadable(known.unreadable);
    for (const change of concerned.filter(({ phone }) => !known.unreadable.includes(phone))) {
      const record = known.records.find((each) => each.phone === change.phone && each.course === course.slug);
      if (record === undefined && !mayHavePassed(course, change)) continue;
      const stored = await store.runsOf(change.phone, mostRuns);
      for (const next of recordsIn(change, { record, stored }, { course, nameRecord }))
        await records.keep(next);
    }
  };
