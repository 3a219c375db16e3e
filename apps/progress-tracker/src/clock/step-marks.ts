import type { LocalDate } from '@stopcovid/calendar';
import type { Occurrence, Passed } from '../schedule/standing';
import type { ClockMarks, PhoneSchedule, StepMark } from './phone-schedule';
import type { Around } from './standing-of';

/** The step of a drip that an occurrence is, if it is one. */
export const stepOf = (occurrence: Occurrence): string | null => {
  if (occurrence.kind === 'drip') return occurrence.message;
  return occurrence.kind === 'drill' ? occurrence.step : null;
};

type Waiting = { readonly date: LocalDate; readonly tries: number };

const waitingStep = ({ steps, messages }: Around, step: string): Waiting | undefined => {
  const message = messages.find(({ kind, id }) => kind === 'drip' && id === step);
  return steps.find((each) => each.step === step) ?? (message && { date: message.date, tries: 0 });
};

/** What is remembered of a step that is published now; nothing of what is no step. */
export const stepSent = (occurrence: Occurrence, around: Around): readonly StepMark[] => {
  const step = stepOf(occurrence);
  const waiting = step === null ? undefined : waitingStep(around, step);
  if (step === null || waiting === undefined) return [];
  const { commandId } = occurrence;
  return [{ step, date: waiting.date, outcome: 'published', commandId, tries: waiting.tries + 1 }];
};

/** What is remembered of the steps that have passed. */
export const stepsPassed = (passed: readonly Passed[], around: Around): readonly StepMark[] =>
  passed.flatMap(({ kind, nominal: step }): readonly StepMark[] => {
    const waiting = kind === 'drip' ? waitingStep(around, step) : undefined;
    if (waiting === undefined) return [];
    const { date, tries } = waiting;
    return [{ step, date, outcome: 'passed', commandId: null, tries }];
  });

/** All that is remembered of steps, when these are behind too: what was said of them before is said anew. */
export const stepMarks = (
  { clock: { drips = [] } }: PhoneSchedule,
  behind: readonly StepMark[],
): Pick<ClockMarks, 'drips'> => {
  const kept = drips.filter(({ step }) => !behind.some((each) => each.step === step));
  const all = [...kept, ...behind];
  return all.length === 0 ? {} : { drips: all };
};
