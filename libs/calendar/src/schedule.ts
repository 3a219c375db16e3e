import { z } from 'zod';
import { wraps, type DeliveryHours, type DeliveryWindow } from './hours';
import { weekdays, type Parsed, type TimeZone, type Weekday } from './names';
import { hourMs, minuteMs } from './temporal';
import { parseDate, parseTime } from './text';
import { parseZone } from './zones';

/** Takes a text that a parser takes, and says what the parser says of one that it refuses. It keeps the text as it is. */
const textFor = (parse: (text: string) => Parsed<unknown>) =>
  z.string({ error: 'must be text: put it in quotes' }).superRefine((text, context) => {
    const parsed = parse(text);
    if (!parsed.ok) context.addIssue({ code: 'custom', message: parsed.problem });
  });

const time = textFor(parseTime);
const date = textFor(parseDate);
const zone = textFor(parseZone);
const weekday = z.enum(weekdays, { error: `must be one of ${weekdays.join(', ')}` });

const window = z
  .strictObject({ opens: time, closes: time })
  .refine(({ opens, closes }) => opens !== closes, {
    path: ['closes'],
    message:
      'the window closes when it opens: give it a length, or write "00:00" and "24:00" for the whole day',
  })
  .refine(({ opens }) => opens !== '24:00', {
    path: ['opens'],
    message: 'a window opens at "00:00" rather than at the end of the day before',
  });

const distinct = (values: readonly string[]): boolean => new Set(values).size === values.length;
const increasing = (values: readonly number[]): boolean =>
  values.every((value, index) => value >= (values[index - 1] ?? 0));

const days = z
  .array(weekday)
  .min(1, 'name at least one day; to stop for a while, pause the schedule')
  .refine(distinct, 'names a day twice');

const reminders = z
  .array(z.number().positive().max(720))
  .max(10)
  .refine(increasing, 'is out of order: each rung waits at least as long as the one before it');

const repeats = z.union([
  z.literal('off'),
  z.strictObject({
    afterDays: z
      .array(z.int().positive().max(365))
      .min(1)
      .max(10)
      .refine(increasing, 'is out of order: each step waits at least as long as the one before it'),
    retireAfter: z.int().min(1).max(10),
  }),
]);

const unfinished = z.union([z.literal('wait'), z.strictObject({ expireAfterDays: z.int().min(1).max(365) })]);

/**
 * What one level says about the schedule; what it leaves out is said by the level above. As it stands in files, in the
 * API and in the store.
 *
 * - `days`: delivery days; `window`: when proactive texts may come, or by weekday in `windows`
 * - `time`: when the day's drill is due; `none` is when the window opens
 * - `spreadMinutes`: over how long after that a group's drills are spread
 * - `reminders`: hours after the prompt, then after each reminder; `[]` sends none
 * - `repeats`: days after which a missed prompt comes again; gone after `retireAfter` right answers in a row
 * - `unfinished`: an unfinished drill holds up the next, or is abandoned so many days after it was last answered
 * - `minGapHours`: how long after a start nothing else is started
 * - `blackoutDates`, `start`, `end`: dates without proactive texts; the first and the last date with them
 * - `zone`: of those of whom no zone is known
 */
export const scheduleSettingsSchema = z.strictObject({
  days: days.optional(),
  time: z.union([z.literal('none'), time]).optional(),
  window: window.optional(),
  windows: z.partialRecord(weekday, window).optional(),
  spreadMinutes: z.int().min(0).max(1440).optional(),
  reminders: reminders.optional(),
  repeats: repeats.optional(),
  unfinished: unfinished.optional(),
  minGapHours: z.number().min(0).max(23).optional(),
  blackoutDates: z.array(date).max(400).refine(distinct, 'names a date twice').optional(),
  start: z.union([z.literal('none'), date]).optional(),
  end: z.union([z.literal('none'), date]).optional(),
  zone: z.union([z.literal('none'), zone]).optional(),
});
export type ScheduleSettings = Readonly<z.infer<typeof scheduleSettingsSchema>>;

/** Whose settings they are: the first of these that says something about a field is right. */
export const scheduleLevels = ['trainee', 'unit', 'employer', 'organisation'] as const;
export type ScheduleLevel = (typeof scheduleLevels)[number];

type CompleteSettings = {
  readonly [Field in keyof ScheduleSettings]-?: NonNullable<ScheduleSettings[Field]>;
};
export type ScheduleField = keyof CompleteSettings;

/** The settings that apply, and which level each field comes from. */
export type MergedSchedule = {
  readonly settings: CompleteSettings;
  readonly from: Readonly<Record<ScheduleField, ScheduleLevel | 'default'>>;
};

/** What applies where nobody says anything. */
export const defaultSchedule: CompleteSettings = {
  days: [...weekdays],
  time: 'none',
  window: { opens: '09:00', closes: '21:00' },
  windows: {},
  spreadMinutes: 0,
  reminders: [4, 24],
  repeats: { afterDays: [1, 3, 7], retireAfter: 2 },
  unfinished: 'wait',
  minGapHours: 12,
  blackoutDates: [],
  start: 'none',
  end: 'none',
  zone: 'none',
};

const fields = Object.keys(defaultSchedule) as readonly ScheduleField[];

/** Each field from the closest level that has it: trainee, unit, employer, organisation, default. */
export const mergeSchedules = (
  levels: Readonly<Partial<Record<ScheduleLevel, ScheduleSettings>>>,
): MergedSchedule => {
  const levelOf = (field: ScheduleField) =>
    scheduleLevels.find((level) => levels[level]?.[field] !== undefined) ?? 'default';
  const from = Object.fromEntries(fields.map((field) => [field, levelOf(field)])) as MergedSchedule['from'];
  const settings = Object.fromEntries(
    fields.map((field) => {
      const level = from[field];
      return [field, (level === 'default' ? undefined : levels[level]?.[field]) ?? defaultSchedule[field]];
    }),
  ) as CompleteSettings;
  return { settings, from };
};

/** What the planner reads: numbers instead of texts. Make it once and keep it; what is computed of it is remembered by it. */
export type Schedule = {
  /** Names the spread: of two schedules with one name a phone has the same place in both. */
  readonly name: string;
  readonly hours: DeliveryHours;
  /** Minutes of the day; `null` is when the window opens. */
  readonly time: number | null;
  readonly spreadMs: number;
  readonly minGapMs: number;
  readonly remindersMs: readonly number[];
  readonly repeats: { readonly afterDays: readonly number[]; readonly retireAfter: number } | null;
  readonly expireAfterDays: number | null;
  readonly zone: { readonly name: TimeZone; readonly source: 'group' | 'organisation' } | null;
};

const must = <Value>(parsed: Parsed<Value>): Value => {
  if (!parsed.ok) throw new Error(`a schedule was not checked: ${parsed.problem}`);
  return parsed.value;
};

const windowOf = ({
  opens,
  closes,
}: {
  readonly opens: string;
  readonly closes: string;
}): DeliveryWindow => ({
  opens: must(parseTime(opens)),
  closes: must(parseTime(closes)),
});

const unless = <Value>(text: string, parse: (text: string) => Parsed<Value>): Value | null =>
  text === 'none' ? null : must(parse(text));

const hoursOf = (settings: CompleteSettings): DeliveryHours => ({
  windows: Object.fromEntries(
    settings.days.map((day): [Weekday, DeliveryWindow] => [
      day,
      windowOf(settings.windows[day] ?? settings.window),
    ]),
  ),
  blackoutDates: new Set(settings.blackoutDates.map((text) => must(parseDate(text)))),
  start: unless(settings.start, parseDate),
  end: unless(settings.end, parseDate),
});

/** The schedule that these settings mean. They must have passed `scheduleSettingsSchema`. */
export const compileSchedule = ({ settings, from }: MergedSchedule, name: string): Schedule => {
  const zoneName = unless(settings.zone, parseZone);
  return {
    name,
    hours: hoursOf(settings),
    time: unless(settings.time, parseTime),
    spreadMs: settings.spreadMinutes * minuteMs,
    minGapMs: settings.minGapHours * hourMs,
    remindersMs: settings.reminders.map((hours) => hours * hourMs),
    repeats: settings.repeats === 'off' ? null : settings.repeats,
    expireAfterDays: settings.unfinished === 'wait' ? null : settings.unfinished.expireAfterDays,
    zone:
      zoneName === null
        ? null
        : { name: zoneName, source: from.zone === 'organisation' ? 'organisation' : 'group' },
  };
};

/** Something that is allowed and probably not meant. */
export type ScheduleWarning = { readonly path: readonly string[]; readonly message: string };

const noon = 720;
const longHours = 16;

const longWindow = (
  path: readonly string[],
  text: { opens: string; closes: string },
): readonly ScheduleWarning[] => {
  const window = windowOf(text);
  const hours = (window.closes - window.opens + 1440) / 60;
  if (!wraps(window) || hours < longHours || window.closes > noon) return [];
  const [hour, minute] = text.closes.split(':');
  const meant = `${Number(hour) + 12}${minute === '00' ? '' : `:${minute}`}`;
  return [{ path, message: `the window is open for ${hours} h; did you mean ${meant}?` }];
};

const inWindow = (minute: number, window: DeliveryWindow): boolean =>
  wraps(window)
    ? minute >= window.opens || minute < window.closes
    : minute >= window.opens && minute < window.closes;

/** What an operator should look at again before this schedule is used. */
export const scheduleWarnings = ({ settings }: MergedSchedule): readonly ScheduleWarning[] => {
  const time = unless(settings.time, parseTime);
  const closed = settings.days.filter(
    (day) => time !== null && !inWindow(time, windowOf(settings.windows[day] ?? settings.window)),
  );
  return [
    ...longWindow(['window'], settings.window),
    ...Object.entries(settings.windows).flatMap(([day, window]) => longWindow(['windows', day], window)),
    ...(closed.length === 0
      ? []
      : [{ path: ['time'], message: `${settings.time} is outside the window on ${closed.join(', ')}` }]),
  ];
};
