import type { Broadcasts } from '../broadcasts/broadcasts';
import type { Schedules } from '../schedules/schedules';
import type { ScheduleAgenda } from './agenda';
import type { PhoneSchedules } from './phone-schedules';

type Noted = {
  readonly kept: { readonly phoneSchedules: PhoneSchedules };
  readonly schedules: Schedules;
  readonly broadcasts: Broadcasts;
};

/** The same world, of which an agenda is told: each write of a phone's schedule, and what changes those of many. */
export const notedBy = <Parts extends Noted>(agenda: ScheduleAgenda, parts: Parts): Parts => {
  const { kept, schedules, broadcasts } = parts;
  const askAfter = <T>(change: Promise<T>): Promise<T> => change.finally(() => agenda.askAgain());
  return {
    ...parts,
    kept: { ...kept, phoneSchedules: agenda.noting(kept.phoneSchedules) },
    schedules: { ...schedules, set: (...about) => askAfter(schedules.set(...about)) },
    broadcasts: { ...broadcasts, release: (...about) => askAfter(broadcasts.release(...about)) },
  };
};
