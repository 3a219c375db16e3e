import {
  mergeSchedules,
  scheduleSettingsSchema,
  scheduleWarnings,
  type ScheduleSettings,
} from '@stopcovid/calendar';
import { phoneAsTyped, phoneSchema } from '@stopcovid/contracts';
import type { ProgressStore } from '../progress/progress-store';
import type { ScheduleOwner, Schedules, StoredSchedule } from '../schedules/schedules';

/** Something that was asked for and is not so; each problem says where, and what would be right. */
export type Wrong = { readonly ok: false; readonly problems: readonly string[] };
export type ReadOwner = { readonly ok: true; readonly owner: ScheduleOwner } | Wrong;

const wrong = (...problems: readonly string[]): Wrong => ({ ok: false, problems });

const shapes = 'employer:ID, unit:EMPLOYER:UNIT or trainee:PHONE';

const decoded = (part: string): string | undefined => {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
};

const notAnOwner = wrong(`owner: must be ${shapes}`);

const readUnit = (rest: string): ReadOwner => {
  const [employerId, unitId, ...more] = rest.split(':').map(decoded);
  return employerId && unitId && more.length === 0
    ? { ok: true, owner: { level: 'unit', employerId, unitId } }
    : notAnOwner;
};

const readTrainee = (rest: string): ReadOwner => {
  const phone = phoneSchema.safeParse(phoneAsTyped(rest));
  return phone.success
    ? { ok: true, owner: { level: 'trainee', phone: phone.data } }
    : wrong(`owner: the phone ${phone.error.issues[0]?.message ?? 'is no phone number'}`);
};

/** Reads whose settings are meant: `employer:ID`, `unit:EMPLOYER:UNIT` (both as in an address) or `trainee:PHONE`. */
export const readOwner = (typed: string): ReadOwner => {
  const [, level, rest = ''] = /^(\w+)(?::(.{1,600}))?$/.exec(typed) ?? [];
  switch (level) {
    case 'organisation':
      return wrong("owner: the organisation's schedule is the file schedule.yaml beside the course");
    case 'employer':
      return rest === '' ? notAnOwner : { ok: true, owner: { level, employerId: rest } };
    case 'unit':
      return readUnit(rest);
    case 'trainee':
      return readTrainee(rest);
    default:
      return notAnOwner;
  }
};

/** What settings are set with. */
export type SettingParts = {
  readonly schedules: Pick<Schedules, 'set'>;
  readonly store: Pick<ProgressStore, 'trainee' | 'trainees'>;
  readonly now: () => Date;
};

/* A slip in an id would be a schedule that nobody ever gets. */
const isSomebodys = async (owner: ScheduleOwner, { store }: SettingParts): Promise<boolean> => {
  if (owner.level === 'trainee') return (await store.trainee(owner.phone)) !== undefined;
  const { employerId } = owner;
  const filter = owner.level === 'unit' ? { employerId, unitId: owner.unitId } : { employerId };
  const page = await store.trainees(filter, { limit: 1 });
  return page.items.length + (page.unreadable?.length ?? 0) > 0;
};

/** `warnings` name what is allowed and probably not meant. */
export type SetAnswer =
  | { readonly ok: true; readonly stored: StoredSchedule; readonly warnings: readonly string[] }
  | Wrong;

/* What a level leaves out is said elsewhere, so only what stands in it is judged. */
const warningsOf = (level: ScheduleOwner['level'], settings: ScheduleSettings): readonly string[] =>
  scheduleWarnings(mergeSchedules({ [level]: settings }))
    .filter(({ path: [field] }) => Object.keys(settings).some((said) => said === field))
    .map(({ path, message }) => `${path.join('.')}: ${message}`);

/** Sets what an owner says about the schedule, in place of all that they said before, or says what is wrong with it. */
export const setSchedule = async (
  { owner, settings, by }: { readonly owner: ScheduleOwner; readonly settings: unknown; readonly by: string },
  parts: SettingParts,
): Promise<SetAnswer> => {
  const parsed = scheduleSettingsSchema.safeParse(settings);
  if (!parsed.success)
    return wrong(
      ...parsed.error.issues.map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(': ')),
    );
  if (!(await isSomebodys(owner, parts)))
    return wrong(`owner: nobody is known of this ${owner.level === 'trainee' ? 'phone' : owner.level}`);
  const stored = await parts.schedules.set(owner, parsed.data, { by, at: parts.now() });
  return { ok: true, stored, warnings: warningsOf(owner.level, parsed.data) };
};

/** Takes back all that an owner says, whoever they are. */
export const clearSchedule = (
  owner: ScheduleOwner,
  by: string,
  { schedules, now }: Pick<SettingParts, 'schedules' | 'now'>,
): Promise<StoredSchedule> => {
  const nothing: ScheduleSettings = {};
  return schedules.set(owner, nothing, { by, at: now() });
};
