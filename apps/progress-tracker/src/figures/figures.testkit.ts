import { phoneSchema, type DialogEvent } from '@stopcovid/contracts';
import { foldBatches } from '../progress/fold-batches';
import type { DrillRun } from '../progress/drill-run';
import { batchOf, offering, registered, started } from '../tracker.testkit';

const nothing = { trainees: new Map(), runs: new Map() };
let numbers = 0;

type Person = {
  readonly account?: object;
  readonly language?: string;
  readonly demo?: boolean;
  readonly passMark?: number;
  readonly later?: readonly DialogEvent[];
  readonly day?: number;
  /** Whether what comes later comes at once. */
  readonly sameDay?: boolean;
};

/** A run as the service folds it from batches. */
export const runOf = ({
  account = {},
  language = 'en',
  demo = false,
  later = [],
  day = 1,
  ...rest
}: Person): DrillRun => {
  numbers += 1;
  const runId = `run-${numbers}`;
  const phone = phoneSchema.parse(`+1202555${String(1_000 + numbers)}`);
  const trainee = {
    ...registered,
    profile: { ...registered.profile, timeZone: 'UTC' },
    account: { employerId: 'acme', ...account },
    registration: { ...registered.registration, code: 'X', at: '2026-03-01T09:00:00.000Z', demo },
  };
  const { passMark } = rest;
  const begun = { ...started('one'), ...(passMark !== undefined && { passMark }) };
  const prompt = { ...begun.prompt, language };
  const batches = [
    batchOf(day, [{ ...begun, prompt, runId } as DialogEvent], { phone, trainee } as never),
    batchOf(
      rest.sameDay ? day : day + 1,
      later.map((each) => ({ ...each, runId }) as DialogEvent),
      { phone, trainee } as never,
    ),
  ];
  const reads = batches.map((batch, index) => ({
    index,
    batch: { ...batch, version: index + 1 },
    position: { partition: 0, offset: String(index) },
  }));
  const [folded] = foldBatches(nothing, reads, offering('one')).runs;
  if (folded === undefined) throw new Error('no run was begun');
  return folded.next;
};

/** Runs as a store gives them. */
export async function* each(all: readonly DrillRun[]): AsyncGenerator<DrillRun> {
  yield* all;
}

/** A run as a release kept it that did not keep replies. */
export const withoutReplies = ({ replies: _lost, ...run }: DrillRun): DrillRun => run;
