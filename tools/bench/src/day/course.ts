import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ScheduleSettings } from '@stopcovid/calendar';
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

/** Now the course has its drills, and they come by this schedule. YAML takes JSON. */
export const openCourse = (folder: string, schedule: ScheduleSettings): void => {
  writeFileSync(join(folder, 'schedule.yaml'), JSON.stringify(schedule));
  cpSync(join(own, 'course.yaml'), join(folder, 'course.yaml'));
};
