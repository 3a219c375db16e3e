import {
  compileSchedule,
  dayMs,
  mergeSchedules,
  nextOpening,
  type Instant,
  type Schedule,
  type ScheduleSettings,
  type Span,
  type TimeZone,
} from '@stopcovid/calendar';
import { ApplyingSchedules, ownersOf } from '../clock/applying-schedule';
import { beginSchedule } from '../clock/evolve-schedule';
import type { PhoneSchedule } from '../clock/phone-schedule';
import type { PhoneSchedules } from '../clock/phone-schedules';
import { standingOf } from '../clock/standing-of';
import type { TraineeProgress } from '../progress/evolve-progress';
import { placeOf } from '../schedule/situation';
import { windowsFrom } from '../schedule/windows';
import { idOfOwner, type Schedules } from '../schedules/schedules';

/**
 * Whether something unasked may go to somebody at a moment: until when, or from when on. `opensAt` is null where that is
 * further away than a year, and so is `next`, the window from there on; `zone` is theirs where one is known. `noZone`: nobody can tell, not even by the number.
 */
export type Hours =
  | { readonly kind: 'open'; readonly window: Span }
  | {
      readonly kind: 'closed';
      readonly opensAt: Instant | null;
      readonly next: Span | null;
      readonly zone: TimeZone | null;
    }
  | { readonly kind: 'noZone' };

/** Finds somebody's hours. */
export type HoursOf = (progress: TraineeProgress, at: Date) => Promise<Hours>;

/** What hours are found with. */
export type HoursParts = {
  readonly phones: Pick<PhoneSchedules, 'load'>;
  readonly schedules: Pick<Schedules, 'of'>;
  readonly organisation: () => ScheduleSettings | undefined;
};

/* Where nobody says anything, quiet hours are kept all the same. */
const unsaid = compileSchedule(mergeSchedules({}), 'unsaid');

/** What the window of a phone is at a moment. */
export const hoursAt = (phone: PhoneSchedule, applies: Schedule, now: Instant): Hours => {
  const around = { applies, active: true, nextDrill: null, messages: [], steps: [], now };
  const place = placeOf(standingOf(phone, around), applies);
  if (place === null) return { kind: 'noZone' };
  const { hours } = applies;
  const next = nextOpening(hours, place, now);
  const [first = null] = windowsFrom({ hours, place }, next, (next?.at ?? now) + dayMs);
  if (first !== null && first.from <= now) return { kind: 'open', window: first };
  const [zone, ...others] = place.zones;
  return { kind: 'closed', opensAt: next?.at ?? null, next: first, zone: others.length === 0 ? zone : null };
};

/** Looks for the hours of trainees where their schedules are kept. Throws when the stores cannot be reached. */
export const hoursFrom = ({ phones, schedules, organisation }: HoursParts): HoursOf => {
  const applying = new ApplyingSchedules();
  return async (progress, at) => {
    const known = (await phones.load([progress.phone])).get(progress.phone);
    /* A phone that an earlier release knew, or whose document cannot be read, has hours too. */
    const phone = known?.kind === 'readable' ? known.value : beginSchedule(progress, at.getTime());
    const stored = await schedules.of(ownersOf(phone));
    const said = new Map(stored.map((each) => [idOfOwner(each.owner), each]));
    return hoursAt(phone, applying.of(phone, said, organisation()) ?? unsaid, at.getTime());
  };
};
