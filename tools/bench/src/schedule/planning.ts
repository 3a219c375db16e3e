import { compileSchedule, mergeSchedules, scheduleSettingsSchema, type Schedule } from '@stopcovid/calendar';
import { drillSlugSchema } from '@stopcovid/contracts';
import { claim, DripSteps, nearest, outlookOf, plan, standingOf } from '@stopcovid/progress-tracker';
import type { Around, PhoneSchedule } from '@stopcovid/progress-tracker';
import { ratesOf } from '../core/measure';
import { median, type Figure } from '../kit';
import { hired, mixOf, welcome } from './trainees';

const now = Date.parse('2026-06-10T15:30Z');
const trainees = 1_000;
const nextDrill = drillSlugSchema.parse('masks');
const goal = { at: 'least', value: 100_000 } as const;

const schedule = (): Schedule => {
  const organisation = scheduleSettingsSchema.parse({
    time: '09:00',
    window: { opens: '08:00', closes: '21:00' },
    spreadMinutes: 60,
    unfinished: { expireAfterDays: 3 },
  });
  return compileSchedule(mergeSchedules({ organisation }), 'daily');
};

type Look = { readonly phone: PhoneSchedule; readonly around: () => Around };

/** What the clock looks at for each phone, made anew each time as the clock does. */
const looksOf = (
  phones: readonly PhoneSchedule[],
  drips: ReturnType<typeof welcome> | undefined,
): readonly Look[] => {
  const dripSteps = new DripSteps();
  const applies = schedule();
  return phones.map((phone) => ({
    phone,
    around: () => {
      const { messages, drills: steps } = nearest(dripSteps.waitingFor(phone, drips), now);
      return { applies, active: true, nextDrill, isLast: () => false, messages, steps, now };
    },
  }));
};

const rate = (looks: readonly Look[], work: (look: Look) => unknown): number =>
  median(ratesOf(looks.length, () => looks.forEach(work)));

const figuresFor = (looks: readonly Look[], which: string): readonly Figure[] => {
  const planned = looks.map(({ phone, around }) => {
    const about = around();
    return { standing: standingOf(phone, about), applies: about.applies };
  });
  const plans = median(
    ratesOf(planned.length, () => {
      for (const { standing, applies } of planned) plan(standing, applies, now);
    }),
  );
  return [
    { name: `plans a CPU second, ${which}`, value: plans, goal },
    {
      name: `phones looked at a CPU second, ${which}`,
      value: rate(looks, ({ phone, around }) => outlookOf(phone, around())),
    },
    {
      name: `phones claimed a CPU second, ${which}`,
      value: rate(looks, ({ phone, around }) => claim(phone, around())),
    },
  ];
};

/** How fast a mix of trainees is planned on one core, without and with a drip. */
export const measurePlanning = (): readonly Figure[] => {
  const mix = mixOf(trainees, now);
  return [
    ...figuresFor(looksOf(mix, undefined), 'no drip'),
    ...figuresFor(looksOf(hired(mix, now), welcome()), 'a drip of seven steps'),
  ];
};
