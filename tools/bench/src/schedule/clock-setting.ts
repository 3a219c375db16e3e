import { scheduleSettingsSchema } from '@stopcovid/calendar';
import { drillSlugSchema } from '@stopcovid/contracts';
import { clockParts, ScheduleAgenda, type ClockParts, type Offer } from '@stopcovid/progress-tracker';
import { partitions } from './trainees';

type Setting = Parameters<typeof clockParts>[0];
type Stores = Omit<Setting['parts'], 'held' | 'agenda'>;

const slugs = ['handwashing', 'masks'].map((slug) => drillSlugSchema.parse(slug));

/** The parts of a clock over these stores that owns everything: due at nine, spread over so many minutes. */
export const partsOf = (
  stores: Stores,
  spreadMinutes: number,
  time: Parameters<typeof clockParts>[1],
): ClockParts => {
  const schedule = scheduleSettingsSchema.parse({
    time: '09:00',
    window: { opens: '08:00', closes: '21:00' },
    spreadMinutes,
  });
  const offer: Offer = { slug: 'course', drills: slugs, known: new Set(slugs), schedule };
  const all = Array.from({ length: partitions }, (_, partition) => partition);
  return clockParts(
    {
      course: { current: () => offer },
      everyMs: 1_000,
      parts: { ...stores, agenda: new ScheduleAgenda(), held: () => ({ partitions: all, joins: 1 }) },
    },
    time,
  );
};
