import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ScheduleSettings } from '@stopcovid/calendar';
import { parse } from 'yaml';
import { root } from '../kit';

const own = join(root, 'drills');

/**
 * The drills of the repository in a folder of their own, with a course that has none of them yet and no schedule:
 * whoever is enrolled meanwhile gets no first drill on the spot, which would be their drill of the day.
 */
export const closedCourse = (directory: string): string => {
  const folder = join(directory, 'drills');
  cpSync(own, folder, { recursive: true });
  rmSync(join(folder, 'schedule.yaml'));
  writeFileSync(join(folder, 'course.yaml'), 'slug: workplace-hygiene\ndrills: []\n');
  return folder;
};

const intake = '00-intake';

/**
 * Now the course has its drills, and they come by this schedule. Only the intake is missing, which goes on into the next
 * drill by itself: whoever is at work has had it, and gets one drill on a day. YAML takes JSON.
 */
export const openCourse = (folder: string, schedule: ScheduleSettings): void => {
  writeFileSync(join(folder, 'schedule.yaml'), JSON.stringify(schedule));
  const course = parse(readFileSync(join(own, 'course.yaml'), 'utf8')) as { readonly drills: string[] };
  const drills = course.drills.filter((drill) => drill !== intake);
  writeFileSync(join(folder, 'course.yaml'), JSON.stringify({ ...course, drills }));
};
