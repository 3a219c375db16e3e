import { pause, type Runtime } from '@stopcovid/runtime';
import type { Publisher } from '@stopcovid/kafka';
import { activePhones } from '../api/active-phones';
import type { CourseSource } from '../course-source';
import { nextOf } from '../progress/follow-up';
import type { ProgressStore } from '../progress/progress-store';
import type { Schedules } from '../schedules/schedules';
import { Clock } from './clock';
import { DatabaseTime } from './database-time';
import type { PhoneSchedules } from './phone-schedules';
import type { WaitingMessages } from './waiting-messages';
import { reportTicks } from './report-ticks';

/** The token of the clock. */
export const CLOCK = Symbol('CLOCK');

/** What a clock is made of in a service. */
export type ClockSetting = {
  readonly course: CourseSource;
  readonly everyMs: number;
  readonly runtime: Runtime;
  readonly parts: {
    readonly store: ProgressStore;
    readonly schedules: Schedules;
    readonly phoneSchedules: PhoneSchedules;
    readonly waitingMessages: WaitingMessages;
    readonly publisher: Publisher;
    readonly partitions: () => readonly number[];
  };
};

/** A clock over these stores, by the database's time; not started. */
export const makeClock = ({ course, everyMs, runtime, parts }: ClockSetting): Clock => {
  const { store, schedules, phoneSchedules: phones, waitingMessages, publisher, partitions } = parts;
  const time = new DatabaseTime({
    ask: () => phones.now(),
    pulse: runtime.clock.pulse,
    own: runtime.clock.now,
  });
  return new Clock({
    phones,
    schedules,
    messages: waitingMessages,
    publisher,
    partitions,
    everyMs,
    pause,
    organisation: () => course.current().schedule,
    offer: () => course.current(),
    nextDrill: nextOf,
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
    now: () => time.now(),
    ...reportTicks(runtime, time),
  });
};
