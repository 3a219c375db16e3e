import { setTimeout as pause } from 'node:timers/promises';
import { weekdays, scheduleSettingsSchema, type Instant, type TimeZone } from '@stopcovid/calendar';
import { connectMongo } from '@stopcovid/mongo';
import { until } from '@stopcovid/runtime';
import { apiKey, say } from '../kit';
import { openCourse } from './course';
import { knownWithinMs, lookForKnownEveryMs } from './durations';
import { timeIn } from './nine-oclock';
import { type Enrolled, type People } from './people';
import type { DaySystem } from './system';

const silent = { info: (): void => undefined, warn: (): void => undefined };

export type Connection = Awaited<ReturnType<typeof connectMongo>>;

/** Works with the services' database. */
export const withDatabase = async <T>(
  { direct }: Pick<DaySystem, 'direct'>,
  work: (connection: Connection) => Promise<T>,
): Promise<T> => {
  const connection = await connectMongo({ url: direct.mongodbUrl, appName: 'bench-day', logger: silent });
  try {
    return await work(connection);
  } finally {
    await connection.close();
  }
};

const rowsAtOnce = 2_000;
const tellEvery = 10_000;
const heading = 'phone,name,language,time_zone,employer_id,person_id,consent_source,consent_on';
const names = ['Ana', 'Ben', 'Chen', 'Dara', 'Eva'];

const rowOf = ({ phone, employerId }: Enrolled, index: number, zone: TimeZone): string =>
  [phone, names[index % names.length], 'en', zone, employerId, `p${index}`, 'signed form', '2026-01-05'].join(
    ',',
  );

const importRows = async ({ trackerUrl }: DaySystem, rows: readonly string[]): Promise<number> => {
  const response = await fetch(`${trackerUrl}/v1/imports`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv', authorization: `Bearer ${apiKey}` },
    body: `${[heading, ...rows].join('\r\n')}\r\n`,
  });
  if (!response.ok) throw new Error(`an import was refused: ${response.status} ${await response.text()}`);
  const { enrolled, rejects } = (await response.json()) as {
    readonly enrolled: number;
    readonly rejects: readonly object[];
  };
  if (rejects.length > 0) throw new Error(`a row was rejected: ${JSON.stringify(rejects[0])}`);
  return enrolled;
};

type Known = {
  readonly trainees: number;
  /** What is so of a phone that is known. */
  readonly isSo: object;
  readonly what: string;
  readonly limitMs: number;
};

/** Resolves when the clock has so many phones of which this is so; rejects at the limit. */
const untilKnown = (system: DaySystem, { trainees, isSo, ...limit }: Known): Promise<boolean> =>
  withDatabase(system, (connection) => {
    const know = async (): Promise<boolean> => {
      await pause(lookForKnownEveryMs({ trainees }));
      return (await connection.collection('schedule').countDocuments(isSo)) >= trainees;
    };
    return until(know, limit);
  });

/** Enrols everybody from files, as an employer would. */
export const enrol = async (system: DaySystem, { enrolled }: People, zone: TimeZone): Promise<void> => {
  say(`enrolling ${enrolled.length.toLocaleString('en-US')} trainees`);
  for (let from = 0; from < enrolled.length; from += rowsAtOnce) {
    if (from > 0 && from % tellEvery === 0) say(`${from.toLocaleString('en-US')} rows are taken`);
    const some = enrolled.slice(from, from + rowsAtOnce);
    await importRows(
      system,
      some.map((one, index) => rowOf(one, from + index, zone)),
    );
  }
  const trainees = enrolled.length;
  const what = `the clock knows ${trainees} trainees`;
  await untilKnown(system, { trainees, isSo: {}, what, limitMs: knownWithinMs({ trainees }) });
};

/** When drills come, and until when. */
export type Hours = { readonly zone: TimeZone; readonly startsAt: Instant; readonly closesAt: Instant };

/** A drill comes to everybody at that time of the day; resolves when each is planned. */
export const setSchedule = async (system: DaySystem, people: People, hours: Hours): Promise<void> => {
  const { zone, startsAt, closesAt } = hours;
  const schedule = scheduleSettingsSchema.parse({
    zone,
    days: [...weekdays],
    time: timeIn(zone, startsAt),
    window: { opens: '08:00', closes: timeIn(zone, closesAt) },
    spreadMinutes: 0,
    reminders: [],
  });
  openCourse(system.drills, schedule);
  const isSo = { nextAt: { $gt: Date.now(), $lte: startsAt } };
  const leftMs = (): number => startsAt - Date.now();
  const what = 'everybody is planned for before the time';
  await untilKnown(system, { trainees: people.enrolled.length, isSo, what, limitMs: leftMs() });
  say(`everybody is planned for, ${Math.round(leftMs() / 1_000)} s before the time`);
};
