import type { Opening } from '@stopcovid/calendar';
import { releaseOf, type Situation } from './situation';

/** A ladder that ended unanswered: when that pauses the schedule, and the piece of the window for the text about it. */
export type PausePlan = Opening;

/** The schedule is paused when the last reminder was left alone for as long as it had waited itself. */
export const planPause = (situation: Situation): PausePlan | null => {
  const { schedule, standing } = situation;
  const open = standing.running?.open;
  const last = schedule.remindersMs.at(-1);
  if (!open || last === undefined || open.rung < schedule.remindersMs.length) return null;
  const since = Math.max(open.remindedAt ?? open.askedAt, situation.eligibleSince);
  return releaseOf(situation, since + last);
};
