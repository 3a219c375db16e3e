import type { ScheduleSettings } from '@stopcovid/calendar';
import { lintFiles, type Catalogue } from '@stopcovid/drills';
import { chanceOf } from './chance';

const drill = (slug: string): object => ({
  slug,
  title: { en: `About ${slug}` },
  languages: ['en'],
  prompts: [
    {
      slug: 'first',
      messages: [{ text: { en: `What of ${slug}?\n{{options}}` } }],
      options: [
        { id: 'a', text: { en: 'cold water' } },
        { id: 'b', text: { en: 'warm water and soap' } },
      ],
      key: 'b',
    },
    { slug: 'second', messages: [{ text: { en: 'Thank you for today.' } }] },
  ],
});

/** The hours of the day from which on, and until which, something may come by itself. */
export const hours = { opens: 9, closes: 20 } as const;

/** One drill a day, and a reminder after three hours: the next drill comes before a ladder ends. */
export const settings = {
  window: { opens: '09:00', closes: `${hours.closes}:00` },
  time: '10:00',
  spreadMinutes: 30,
  reminders: [3, 12],
  unfinished: { expireAfterDays: 1 },
  zone: 'America/New_York',
} as const satisfies ScheduleSettings;

const courseOf = (drills: readonly string[], beside: object = {}): Catalogue => {
  const { catalogue, problems } = lintFiles([
    { path: 'course.json', text: JSON.stringify({ slug: 'hygiene', drills }) },
    ...drills.map((slug) => ({ path: `${slug}.json`, text: JSON.stringify(drill(slug)) })),
    ...Object.entries(beside).map(([path, content]) => ({ path, text: JSON.stringify(content) })),
  ]);
  if (catalogue === undefined) throw new Error(JSON.stringify(problems));
  return catalogue;
};

/** A course of two short drills, judged by the real rules. */
export const smallCourse = (): Catalogue => courseOf(['hands', 'knives']);

/** A course of a week, of which one drill comes a day. */
export const dailyCourse = (): Catalogue =>
  courseOf(['hands', 'knives', 'masks', 'pans', 'soap', 'towels', 'waste'], { 'schedule.json': settings });

const daysOneRunIn = 4;

/** Whether days pass in a run, with drills that come by themselves. The chance is one of its own. */
export const livesDays = (seed: number): boolean => chanceOf(seed ^ 0x6c8e9cf5).below(daysOneRunIn) === 0;
