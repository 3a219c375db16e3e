import { occurrenceId, type Instant, type Opening } from '@stopcovid/calendar';
import { releaseOf, type Situation } from './situation';
import type { OpenPrompt, Passed, ReminderOccurrence, RunningDrill } from './standing';

type Rung = { readonly rung: number; readonly nominalAt: Instant; readonly release: Opening };

/** The rungs that come due before the first of them can go out, in order. Only the last of them is sent. */
const rungsDue = (situation: Situation, open: OpenPrompt): readonly Rung[] => {
  const ladder = situation.schedule.remindersMs;
  const rungs: Rung[] = [];
  let nominalAt = Math.max(open.remindedAt ?? open.askedAt, situation.eligibleSince);
  for (let rung = open.rung; rung < ladder.length; rung += 1) {
    nominalAt += ladder[rung] ?? 0;
    const before = rungs.at(-1);
    if (before !== undefined && nominalAt > Math.max(before.release.at, situation.now)) break;
    const release = releaseOf(situation, nominalAt);
    if (release === null) break;
    rungs.push({ rung, nominalAt, release });
  }
  return rungs;
};

const nominalOf = (runId: string, { prompt, askedAt }: OpenPrompt, rung: number): string =>
  [runId, prompt, askedAt, rung].join('/');

export type ReminderPlan = {
  readonly occurrence: ReminderOccurrence | null;
  readonly passed: readonly Passed[];
};

const reminderOf = (situation: Situation, running: RunningDrill, open: OpenPrompt): ReminderPlan => {
  const { standing, schedule } = situation;
  const rungs = rungsDue(situation, open);
  const latest = rungs.at(-1);
  if (latest === undefined) return { occurrence: null, passed: [] };
  const { at: dueAt, window } = latest.release;
  const nominal = nominalOf(running.runId, open, latest.rung);
  return {
    occurrence: {
      kind: 'reminder',
      commandId: occurrenceId({ kind: 'reminder', phone: standing.phone, nominal, round: 0 }),
      runId: running.runId,
      prompt: open.prompt,
      rung: latest.rung,
      last: latest.rung === schedule.remindersMs.length - 1,
      nominalAt: latest.nominalAt,
      dueAt,
      held: dueAt > latest.nominalAt ? 'quietHours' : null,
      window,
      notAfter: window.to,
    },
    passed: rungs.slice(0, -1).map(({ rung, nominalAt }) => ({
      kind: 'reminder',
      nominal: `${rung}`,
      reason: 'laterRung',
      at: nominalAt,
    })),
  };
};

/** The next reminder of the open prompt: of several rungs that are due only the latest, and the others are passed. */
export const planReminder = (situation: Situation): ReminderPlan => {
  const { running } = situation.standing;
  return running === null || running.open === null
    ? { occurrence: null, passed: [] }
    : reminderOf(situation, running, running.open);
};
