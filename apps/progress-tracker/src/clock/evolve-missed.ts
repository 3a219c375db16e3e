import type { DialogEvent, Event } from '@stopcovid/contracts';
import type { MissedAnswer, PhoneSchedule } from './phone-schedule';

type Missed = PhoneSchedule['missed'];
type Answer = Event<'PromptCompleted'> | Event<'PromptFailed'>;
type Subject = Pick<Answer, 'drill' | 'prompt' | 'repeat'>;

/* Far more than a trainee misses; and as many right answers as a schedule may ask for. */
const mostMissed = 100;
const mostRight = 10;
const mostPauses = 5;

/** Which prompt of which drill an answer was to: a repeat is asked in the run of another drill. */
const subjectOf = ({ drill, prompt, repeat }: Subject): Pick<MissedAnswer, 'drill' | 'prompt'> =>
  repeat ?? { drill, prompt };

const isOf =
  ({ drill, prompt }: Pick<MissedAnswer, 'drill' | 'prompt'>) =>
  (item: MissedAnswer): boolean =>
    item.drill === drill && item.prompt === prompt;

const missedAt = (items: Missed, answer: Subject, at: number): Missed => {
  const subject = subjectOf(answer);
  const others = items.filter((item) => !isOf(subject)(item));
  return [...others, { ...subject, missedAt: at, rightAt: [], pauses: [] }].slice(-mostMissed);
};

/* Right at a later try of the same asking is not right at first: only a repeat that is right at once counts. */
const rightAt = (items: Missed, answer: Event<'PromptCompleted'>, at: number): Missed => {
  if (answer.repeat === undefined || answer.attempt > 1) return items;
  const isIt = isOf(answer.repeat);
  return items
    .map((item) => (isIt(item) ? { ...item, rightAt: [...item.rightAt, at], pauses: [] } : item))
    .filter((item) => item.rightAt.length < mostRight);
};

/* What a person ruled to be right at first was not missed; what they take back was, from then on. */
const ruledOn = (items: Missed, event: Event<'ReplyRegraded'>, at: number): Missed => {
  if (event.attempt !== undefined && event.attempt > 1) return items;
  if (event.now === 'right') return items.filter((item) => !isOf(event)(item));
  return event.was === 'right' && event.now === 'wrong' ? missedAt(items, event, at) : items;
};

/** The prompts that were not right at first, after an event. */
export const evolveMissed = (items: Missed, event: DialogEvent, at: number): Missed => {
  if (event.type === 'TraineeRegistered') return [];
  if (event.type === 'PromptFailed' && event.graded !== false) return missedAt(items, event, at);
  if (event.type === 'ReplyRegraded') return ruledOn(items, event, at);
  return event.type === 'PromptCompleted' && event.correct === true ? rightAt(items, event, at) : items;
};

/** Each of them waited through a pause. */
export const lengthenAll = (items: Missed, pause: { readonly from: number; readonly to: number }): Missed =>
  items.map((item) => ({ ...item, pauses: [...item.pauses, pause].slice(-mostPauses) }));
