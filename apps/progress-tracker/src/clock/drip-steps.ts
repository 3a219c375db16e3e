import {
  addDays,
  addMonths,
  dayMs,
  parseDate,
  parseTime,
  type Instant,
  type LocalDate,
} from '@stopcovid/calendar';
import type { DrillSlug } from '@stopcovid/contracts';
import type { Drips } from '@stopcovid/drills';
import { isOfStep, stepCommandId } from '../schedule/drip-step';
import type { PendingDrill } from '../schedule/standing';
import type { PhoneSchedule, StepMark } from './phone-schedule';
import { isHeldBack } from './standing-of';
import type { MessageContent, WaitingMessage } from './waiting-messages';

/** What of a step is to come: words, or a drill. A step with both is two of these. */
type Part = { readonly content: MessageContent } | { readonly drill: DrillSlug };

type DripStep = {
  readonly id: string;
  readonly from: string;
  readonly employers: readonly string[] | undefined;
  readonly days: number;
  readonly months: number;
  readonly minute: number;
  readonly keepDays: number;
  readonly part: Part;
};

type Drip = Drips[string];
type Step = Drip['steps'][string];

const minuteOf = (time: string): number => {
  const parsed = parseTime(time);
  if (!parsed.ok) throw new Error(`a drip was not checked: ${parsed.problem}`);
  return parsed.value;
};

const wordsOf = (texts: NonNullable<Step['message']>): MessageContent => {
  const [first] = Object.values(texts);
  return { texts, ...(first !== undefined && { text: first }) };
};

const partsOf = ({ message, drill }: Step): readonly (readonly [string, Part])[] => [
  ...(message === undefined ? [] : ([['', { content: wordsOf(message) }]] as const)),
  ...(drill === undefined ? [] : ([['/drill', { drill }]] as const)),
];

const stepsOf = ([name, drip]: readonly [string, Drip]): readonly DripStep[] =>
  Object.entries(drip.steps).flatMap(([stepName, step]) =>
    partsOf(step).map(([suffix, part]) => ({
      id: `${name}/${stepName}${suffix}`,
      from: drip.from,
      employers: drip.employers,
      days: step.days ?? 0,
      months: step.months ?? 0,
      minute: minuteOf(step.time ?? drip.time),
      keepDays: drip.keepDays ?? 0,
      part,
    })),
  );

/** What of the drips waits for a phone, the earliest first. */
export type WaitingSteps = {
  readonly messages: readonly (WaitingMessage & { readonly kind: 'drip' })[];
  readonly drills: readonly PendingDrill[];
};

type Waiting = {
  readonly step: DripStep;
  readonly date: LocalDate;
  readonly since: Instant;
  readonly tries: number;
};

const dateOf = ({ days, months }: DripStep, text: string): LocalDate | undefined => {
  const anchor = parseDate(text);
  if (!anchor.ok) return undefined;
  return addDays(months === 0 ? anchor.value : addMonths(anchor.value, months), days);
};

/* What has passed is behind only on the date that it had: a step moves with the date that it is counted from. */
const isBehind = (phone: PhoneSchedule, mark: StepMark, date: LocalDate): boolean => {
  if (mark.outcome === 'passed') return mark.date === date;
  return !(isHeldBack(phone) && phone.clock.start?.commandId === mark.commandId);
};

const wasCarriedOut = ({ phone, drips = [] }: PhoneSchedule, { id }: DripStep): boolean => {
  if (drips.length === 0) return false;
  const first = stepCommandId(phone, id, 0);
  return drips.some((known) => isOfStep(known, first));
};

/* Since when somebody has the date of a step that is for them. */
const enrolledIn = ({ trainee }: PhoneSchedule, { from, employers }: DripStep) => {
  const isForThem = employers === undefined || employers.includes(trainee.employerId ?? '');
  return isForThem ? trainee.dates?.[from] : undefined;
};

const waitingOf = (phone: PhoneSchedule, step: DripStep): readonly Waiting[] => {
  const anchor = enrolledIn(phone, step);
  const date = anchor && dateOf(step, anchor.date);
  if (anchor === undefined || date === undefined) return [];
  const mark = phone.clock.drips?.find((each) => each.step === step.id);
  if (mark !== undefined && isBehind(phone, mark, date)) return [];
  return wasCarriedOut(phone, step) ? [] : [{ step, date, since: anchor.since, tries: mark?.tries ?? 0 }];
};

const inOrder = (one: Waiting, other: Waiting): number =>
  one.date === other.date ? one.step.minute - other.step.minute : one.date < other.date ? -1 : 1;

const messageOf = ({ step, date, since }: Waiting): WaitingSteps['messages'] => {
  const { id, minute, keepDays, part } = step;
  if (!('content' in part)) return [];
  return [{ kind: 'drip', id, date, minute, keepDays, enrolledAt: since, content: part.content }];
};

const drillOf = ({ step, date, since, tries }: Waiting): readonly PendingDrill[] => {
  const { id, minute, keepDays, part } = step;
  return 'drill' in part
    ? [{ step: id, date, minute, keepDays, enrolledAt: since, drill: part.drill, tries }]
    : [];
};

const noneWait: WaitingSteps = { messages: [], drills: [] };

/** Finds the steps of drips that wait for a phone. What a file of drips means is made once and kept. */
export class DripSteps {
  #of: { readonly drips: Drips; readonly steps: readonly DripStep[] } | undefined;

  /** All that are not behind, however far ahead. */
  waitingFor(phone: PhoneSchedule, drips: Drips | undefined): WaitingSteps {
    if (drips === undefined || phone.trainee.dates === undefined) return noneWait;
    if (this.#of?.drips !== drips) this.#of = { drips, steps: Object.entries(drips).flatMap(stepsOf) };
    const waiting = this.#of.steps.flatMap((step) => waitingOf(phone, step)).sort(inOrder);
    return { messages: waiting.flatMap(messageOf), drills: waiting.flatMap(drillOf) };
  }
}

/* Whatever the zone, what comes later than this is ahead. */
const aheadDays = 2;

const aheadFrom = (now: Instant): string =>
  new Date(now + aheadDays * dayMs).toISOString().slice(0, 'YYYY-MM-DD'.length);

/** Whether the date of a step is still ahead, whatever the zone. */
export const isAhead = (date: string, now: Instant): boolean => date > aheadFrom(now);

const nearestOf = <Dated extends { readonly date: LocalDate }>(
  dated: readonly Dated[],
  from: string,
): readonly Dated[] => {
  const next = dated.find(({ date }) => date > from);
  return next === undefined ? dated : dated.filter(({ date }) => date <= next.date);
};

/**
 * Of these all that may be due or behind, and of those ahead the ones of the first date: they are planned at each look.
 * Where these pass while they are ahead, others wait behind them.
 */
export const nearest = ({ messages, drills }: WaitingSteps, now: Instant): WaitingSteps => {
  const from = aheadFrom(now);
  return { messages: nearestOf(messages, from), drills: nearestOf(drills, from) };
};
