import {
  dayMs,
  minuteMs,
  parseZone,
  scheduleSettingsSchema,
  weekdays,
  type Instant,
  type ScheduleSettings,
  type TimeZone,
} from '@stopcovid/calendar';
import { decodeCommand, decodeKeyed, topics, type DialogCommand } from '@stopcovid/contracts';
import { readTopic } from '@stopcovid/kafka';
import { connectMongo } from '@stopcovid/mongo';
import { mongoSchedules } from '@stopcovid/progress-tracker';
import { patiently } from './patience';
import { afterCrashMs, wait, workedAgain, type Recipe, type Scene } from './scene';
import { silent, type Node, type System } from './system';

/* Every trainee of the load registers by one code, and so belongs to one employer. */
const owner = { level: 'employer', employerId: 'acme' } as const;
/* Hours: from one second on, so that a ladder is climbed between two texts of a trainee. */
const reminders = [0.0003, 0.0005, 0.001, 0.002];
const stormMs = 75_000;
/* How long a victim needs to come back on an idle machine; where one needed longer, so may the next. */
const backWithinMs = 12_000;
const overTheEndMs = 3_000;
const fewestReminders = 10;

const utc = (): TimeZone => {
  const parsed = parseZone('UTC');
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.value;
};

const minuteOf = (at: Instant): number => Math.floor((at % dayMs) / minuteMs);

const textOf = (minute: number): string =>
  [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');

type Opening = { readonly opensAt: Instant; readonly closesAt: Instant };

/** The window that is open now, for as long as the storm lasts. One never goes on past midnight. */
const openNow = async (): Promise<Opening> => {
  const forMs = patiently(stormMs);
  const closing = (at: Instant): Instant => Math.ceil((at + forMs) / minuteMs) * minuteMs;
  const midnight = (Math.floor(Date.now() / dayMs) + 1) * dayMs;
  if (closing(Date.now()) >= midnight) await wait(midnight - Date.now());
  const now = Date.now();
  return { opensAt: Math.floor(now / minuteMs) * minuteMs, closesAt: closing(now) };
};

const settingsFor = ({ opensAt, closesAt }: Opening): ScheduleSettings =>
  scheduleSettingsSchema.parse({
    zone: 'UTC',
    days: weekdays,
    window: { opens: textOf(minuteOf(opensAt)), closes: textOf(minuteOf(closesAt)) },
    reminders,
  });

const say = async ({ direct }: System, settings: ScheduleSettings): Promise<void> => {
  const connection = await connectMongo({ url: direct.mongodbUrl, appName: 'faults', logger: silent });
  try {
    await (await mongoSchedules(connection)).set(owner, settings, { by: 'faults', at: new Date() });
  } finally {
    await connection.close();
  }
};

/** A tracker is killed amid what is due, and is away until the other has all. Answers how long it took. */
const strike = async ({ replica }: Node, { system, random }: Scene): Promise<number> => {
  const since = Date.now();
  await wait(random() * 1_500);
  await replica.kill();
  await wait(system.sessionMs * (0.2 + random()));
  replica.start();
  await replica.ready();
  return Date.now() - since;
};

/** The trackers are killed in turn, at moments of chance, as long as each can come back before the end. */
const storm = async (scene: Scene, until: Instant): Promise<number> => {
  const { trackers } = scene.system;
  let [kills, longest] = [0, backWithinMs];
  for (; Date.now() + longest < until; kills += 1) {
    const victim = trackers[kills % trackers.length];
    if (victim === undefined) throw new Error('there is no tracker');
    longest = Math.max(longest, await strike(victim, scene));
  }
  return kills;
};

/** All trackers are gone while the window closes, and come back to what must not go out any more. */
const awayOver = async ({ system }: Scene, closesAt: Instant): Promise<void> => {
  const left = closesAt - overTheEndMs - Date.now();
  if (left < 0) throw new Error('the window closed before the trackers could be stopped');
  await wait(left);
  await Promise.all(system.trackers.map(({ replica }) => replica.kill()));
  await wait(Math.max(0, closesAt + overTheEndMs - Date.now()));
  for (const { replica } of system.trackers) replica.start();
  await Promise.all(system.trackers.map(({ replica }) => replica.ready()));
};

/** The ids of the reminders on the command topic, in their order. */
const remindersOf = async ({ direct }: System): Promise<readonly string[]> => {
  const ids: string[] = [];
  await readTopic(direct.kafka, { topic: topics.dialogCommands }, (records) => {
    for (const record of records) {
      const read = decodeKeyed<DialogCommand>(record, decodeCommand);
      if (read.ok && read.value.type === 'RemindTrainee') ids.push(read.value.commandId);
    }
  });
  return ids;
};

const clock: Recipe = {
  name: 'clock',
  say: 'reminders come by the second while one tracker after the other is killed; all are away as the window closes',
  short: false,
  run: async (scene) => {
    const opening = await openNow();
    await say(scene.system, settingsFor(opening));
    const kills = await storm(scene, opening.closesAt - overTheEndMs);
    await awayOver(scene, opening.closesAt);
    const recovery = await workedAgain(scene, afterCrashMs(scene));
    await wait(overTheEndMs);
    const window = { opens: minuteOf(opening.opensAt), closes: minuteOf(opening.closesAt) };
    scene.clocks.push({ zone: utc(), window, calmFrom: Date.now() });
    const all = await remindersOf(scene.system);
    const different = new Set(all).size;
    scene.say(
      `${kills} trackers killed; ${different} reminders, ${all.length - different} of them published twice`,
    );
    if (different < fewestReminders) throw new Error(`only ${different} reminders came by time`);
    return recovery;
  },
};

/** Faults of what comes by time. */
export const clockRecipes: readonly Recipe[] = [clock];
