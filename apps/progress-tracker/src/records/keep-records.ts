import type { Phone } from '@stopcovid/contracts';
import type { Course } from '@stopcovid/drills';
import type { Change } from '@stopcovid/projections';
import type { DrillRun } from '../progress/drill-run';
import type { TraineeProgress } from '../progress/evolve-progress';
import type { PhoneProgress } from '../progress/phone-progress';
import type { ProgressStore } from '../progress/progress-store';
import { decideRecord, type NameRecord } from './decide-record';
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
 * batch is asked about that a rebuild folds. Trainees are told first: the other way round a crash would leave one untold.
 */
export const keepRecords = ({
  records,
  store,
  course: courseNow,
  nameRecord,
  tell,
  onUnreadable,
}: KeepParts) => {
  const keepOf = async (change: Change<PhoneProgress>, known: KnownRecords): Promise<void> => {
    const course = courseNow();
    const record = known.records.find((each) => each.phone === change.phone && each.course === course.slug);
    if (record === undefined && !mayHavePassed(course, change)) return;
    const stored = await store.runsOf(change.phone, mostRuns);
    const [first, ...later] = recordsIn(change, { record, stored }, { course, nameRecord });
    if (first === undefined) return;
    const { trainee } = change.next;
    if (record === undefined && trainee !== undefined) await tell(first, trainee);
    for (const next of [first, ...later]) await records.keep(next);
  };
  return async (changes: readonly Change<PhoneProgress>[]): Promise<void> => {
    const concerned = changes.filter(({ included }) => included.some(concernsRecords));
    if (concerned.length === 0) return;
    const known = await records.of(concerned.map(({ phone }) => phone));
    if (known.unreadable.length > 0) onUnreadable(known.unreadable);
    for (const change of concerned.filter(({ phone }) => !known.unreadable.includes(phone)))
      await keepOf(change, known);
  };
};
