import type { HeldPartitions } from '@stopcovid/kafka';
import { pause, type Runtime } from '@stopcovid/runtime';
import { activePhones } from '../api/active-phones';
import type { CourseSource } from '../course-source';
import { isLast, nextOf } from '../progress/follow-up';
import type { ProgressStore } from '../progress/progress-store';
import type { Schedules } from '../schedules/schedules';
import type { ScheduleAgenda } from './agenda';
import { Clock, type ClockParts } from './clock';
import { DatabaseTime } from './database-time';
import type { PhoneSchedules } from './phone-schedules';
import type { WaitingMessages } from './waiting-messages';
import { reportTicks } from './report-ticks';

/** The token of the clock. */
export const CLOCK = Symbol('CLOCK');

/** What a clock is made of in a service. */
export type ClockSetting = {
  readonly course: Pick<CourseSource, 'current'>;
  readonly everyMs: number;
  readonly parts: {
    readonly store: Pick<ProgressStore, 'phonesOfPersons'>;
    readonly schedules: Schedules;
    readonly phoneSchedules: PhoneSchedules;
    readonly agenda: ScheduleAgenda;
    readonly waitingMessages: WaitingMessages;
    readonly publisher: ClockParts['publisher'];
    readonly held: () => HeldPartitions;
  };
};

/** How time passes for a clock, and who is told of its ticks. */
export type ClockTime = Pick<ClockParts, 'now' | 'pause' | 'onTick' | 'onTrouble'>;

/** What a clock over these stores consists of, in whatever time. */
export const clockParts = ({ course, everyMs, parts }: ClockSetting, time: ClockTime): ClockParts => {
  const { store, schedules, agenda, phoneSchedules: phones, waitingMessages, publisher, held } = parts;
  return {
    phones,
    agenda,
    schedules,
    messages: waitingMessages,
    publisher,
    held,
    everyMs,
    organisation: () => course.current().schedule,
    offer: () => course.current(),
    nextDrill: nextOf,
    isLast,
    active: (all) =>
      activePhones(
        store,
        all.map(({ phone, trainee: { employerId, personId } }) => ({
          phone,
          trainee: {
            account: {
              ...(employerId === null ? {} : { employerId }),
              ...(personId === null ? {} : { personId }),
            },
          },
        })),
      ),
    ...time,
  };
};

/** A clock over these stores, by the database's time; not started. */
export const makeClock = (setting: ClockSetting & { readonly runtime: Runtime }): Clock => {
  const time = new DatabaseTime({
    ask: () => setting.parts.phoneSchedules.now(),
    pulse: setting.runtime.clock.pulse,
    own: setting.runtime.clock.now,
  });
  return new Clock(
    clockParts(setting, { now: () => time.now(), pause, ...reportTicks(setting.runtime, time) }),
  );
};
