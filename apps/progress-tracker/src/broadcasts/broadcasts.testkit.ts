import { scheduleSettingsSchema } from '@stopcovid/calendar';
import {
  phoneSchema,
  timestampSchema,
  traineeSchema,
  type DialogCommand,
  type DialogEvent,
  type Phone,
} from '@stopcovid/contracts';
import { activePhones } from '../api/active-phones';
import { inMemoryAudiences } from '../audiences/audiences';
import { ScheduleAgenda } from '../clock/agenda';
import { Clock } from '../clock/clock';
import { collecting } from '../clock/clock.testkit';
import { evolveSchedule } from '../clock/evolve-schedule';
import { inMemoryPhoneSchedules } from '../clock/in-memory-phone-schedules';
import { evolveProgress } from '../progress/evolve-progress';
import { isLast, nextOf } from '../progress/follow-up';
import { inMemoryProgressStore } from '../progress/in-memory-progress-store';
import { inMemorySchedules } from '../schedules/in-memory-schedules';
import { batchOf, event, offering, registered } from '../tracker.testkit';
import { inMemoryBroadcasts } from './in-memory-broadcasts';
import type { BroadcastParts } from './operate';

/** What is told of somebody; the rest is sensible. */
export type Person = {
  readonly zone?: string;
  readonly language?: string;
  readonly account?: object;
  readonly trainee?: object;
};

export const phoneOf = (last: number): Phone => phoneSchema.parse(`+1202555${String(last).padStart(4, '0')}`);

const snapshotOf = ({ zone: timeZone, language = 'en', account = {}, trainee = {} }: Person) => {
  const profile = { language, answers: {}, ...(timeZone === undefined ? {} : { timeZone }) };
  return traineeSchema.parse({ ...registered, profile, account, ...trainee });
};

/** People, the clock, and a time that the test moves. Texts may come from nine to nine where nothing else is said. */
export const broadcastWorld = (
  from: string,
  organisation: object | null = { window: { opens: '09:00', closes: '21:00' } },
) => {
  let now = Date.parse(from);
  const said = organisation === null ? undefined : scheduleSettingsSchema.parse(organisation);
  const [store, schedules] = [inMemoryProgressStore(), inMemorySchedules()];
  const phones = inMemoryPhoneSchedules(() => now);
  const [broadcasts, audiences] = [inMemoryBroadcasts(), inMemoryAudiences()];
  const offer = () => ({ ...offering('one', 'two'), ...(said && { schedule: said }) });
  const commands: DialogCommand[] = [];
  const agenda = new ScheduleAgenda();
  const hears = async (phone: Phone, person: Person, events: readonly DialogEvent[]): Promise<void> => {
    const known = await store.load([phone], []);
    const before = known.trainees.get(phone);
    const batch = {
      ...batchOf((before?.version ?? 0) + 1, events, { phone, trainee: snapshotOf(person) }),
      at: timestampSchema.parse(new Date(now).toISOString()),
    };
    const next = evolveProgress(before, batch, { partition: 0, offset: '1' });
    await store.save([], [{ next, readVersion: before?.version ?? 0 }]);
    const planned = (await phones.load([phone])).get(phone);
    const read = planned?.kind === 'readable' ? planned.value : undefined;
    const schedule = evolveSchedule(read, batch, next);
    if (schedule !== undefined) await agenda.noting(phones).save([{ before: read, next: schedule }]);
  };
  const parts: BroadcastParts = {
    store,
    phones,
    schedules,
    offer,
    broadcasts,
    audiences,
    tariff: { perSecond: 10, segmentPrice: 0.01 },
    now: () => new Date(now),
  };
  const clock = new Clock({
    phones,
    agenda,
    schedules,
    messages: broadcasts,
    organisation: () => said,
    offer,
    nextDrill: nextOf,
    isLast,
    active: (all) =>
      activePhones(
        store,
        all.map(({ phone, trainee: { employerId, personId } }) => ({
          phone,
          trainee: { account: { ...(employerId && { employerId }), ...(personId && { personId }) } },
        })),
      ),
    publisher: collecting(commands),
    held: () => ({ partitions: [0], joins: 1 }),
    now: () => Promise.resolve(now),
    everyMs: 1_000,
    pause: () => Promise.resolve(),
    onTick: () => undefined,
    onTrouble: () => undefined,
  });
  return {
    parts,
    store,
    phones,
    schedules,
    audiences,
    broadcasts,
    hears,
    /** Registers somebody, in New York unless they are elsewhere. */
    hires: (phone: Phone, person: Person = {}) =>
      hears(phone, { zone: 'America/New_York', ...person }, [event('TraineeRegistered')]),
    at: (instant: string) => void (now = Date.parse(instant)),
    /** The messages that the clock publishes when it looks then. */
    ticksAt: async (instant: string): Promise<readonly Extract<DialogCommand, { type: 'SendMessage' }>[]> => {
      now = Date.parse(instant);
      const known = commands.length;
      for (let again = 0; again < 5; again += 1) await clock.tick();
      return commands.slice(known).flatMap((one) => (one.type === 'SendMessage' ? [one] : []));
    },
  };
};
