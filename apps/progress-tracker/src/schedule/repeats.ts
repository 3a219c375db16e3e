import { addDays, dayNumber, type LocalDate, type Schedule } from '@stopcovid/calendar';
import type { MissedPrompt, PromptOf } from './standing';

type Ladder = NonNullable<Schedule['repeats']>;

const dueAfter = ({ afterDays }: Ladder, step: number, date: LocalDate): LocalDate =>
  addDays(date, afterDays[Math.min(step, afterDays.length - 1)] ?? 1);

/** A prompt was not right at first on this local date: it comes back at the first step of the ladder. */
export const missed = (ladder: Ladder, { drill, prompt }: PromptOf, date: LocalDate): MissedPrompt => ({
  drill,
  prompt,
  dueOn: dueAfter(ladder, 0, date),
  step: 0,
  rightInARow: 0,
});

/** It was right when asked again: it comes back at the next step, or is retired (`null`). */
export const rightAgain = (ladder: Ladder, item: MissedPrompt, date: LocalDate): MissedPrompt | null => {
  const rightInARow = item.rightInARow + 1;
  if (rightInARow >= ladder.retireAfter) return null;
  return { ...item, step: item.step + 1, rightInARow, dueOn: dueAfter(ladder, item.step + 1, date) };
};

/** A pause lengthens what was still open of an interval by the days that it lasted. */
export const lengthened = (item: MissedPrompt, paused: { from: LocalDate; to: LocalDate }): MissedPrompt =>
  item.dueOn < paused.from
    ? item
    : { ...item, dueOn: addDays(item.dueOn, dayNumber(paused.to) - dayNumber(paused.from)) };

/** Those that are due on a date, the longest overdue first. */
export const repeatsDue = (items: readonly MissedPrompt[], date: LocalDate): readonly MissedPrompt[] =>
  items
    .filter(({ dueOn }) => dueOn <= date)
    .sort((one, other) => (one.dueOn < other.dueOn ? -1 : one.dueOn > other.dueOn ? 1 : 0));
