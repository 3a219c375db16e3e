import { isDeepStrictEqual } from 'node:util';
import type { ScheduleSettings } from '@stopcovid/calendar';
import type { Phone } from '@stopcovid/contracts';

/** The token of the settings of employers, units and trainees. */
export const SCHEDULES = Symbol('SCHEDULES');

/** Whose settings they are. The organisation's are in a file beside the course. */
export type ScheduleOwner =
  | { readonly level: 'employer'; readonly employerId: string }
  | { readonly level: 'unit'; readonly employerId: string; readonly unitId: string }
  | { readonly level: 'trainee'; readonly phone: Phone };

/** Who changed settings, and when. */
export type ScheduleChange = { readonly by: string; readonly at: Date };

/** What an owner's settings were from a change on, until the next. */
export type PastSettings = {
  readonly version: number;
  readonly settings: ScheduleSettings;
  readonly changedBy: string;
  readonly changedAt: Date;
};

/** What an owner says about the schedule. Settings without a field say nothing, and count as none at all. */
export type StoredSchedule = PastSettings & {
  readonly owner: ScheduleOwner;
  /** The settings before these, the latest first; as many as `mostPast`. */
  readonly history: readonly PastSettings[];
  /** Whether the phones that it concerns are marked to be planned anew. */
  readonly marked: boolean;
};

/** How many earlier settings are kept of each owner. */
export const mostPast = 20;

/** Somebody else has changed the settings meanwhile, again and again. */
export class ScheduleContended extends Error {
  override readonly name = 'ScheduleContended';
}

/** The settings of employers, units and trainees. */
export interface Schedules {
  /** What these owners say, in no order; nothing of those who never said anything. Throws DocumentUnreadable. */
  of(owners: readonly ScheduleOwner[]): Promise<readonly StoredSchedule[]>;
  /**
   * Replaces what an owner says; `{}` takes all of it back. The settings that are set already change nothing, not
   * even who changed them. Throws ScheduleContended and DocumentUnreadable.
   */
  set(owner: ScheduleOwner, settings: ScheduleSettings, change: ScheduleChange): Promise<StoredSchedule>;
  /** Some that were changed and whose phones are not marked yet, `limit` at the most. */
  unmarked(limit: number): Promise<readonly StoredSchedule[]>;
  /** The phones of that version are marked; a later version stays as it is. */
  noteMarked(owner: ScheduleOwner, version: number): Promise<void>;
  /** Whether anybody says anything. */
  any(): Promise<boolean>;
}

/** The key of an owner's settings. Two employers may use one id for two units. */
export const idOfOwner = (owner: ScheduleOwner): string => {
  switch (owner.level) {
    case 'employer':
      return `employer:${owner.employerId}`;
    case 'unit':
      return `unit:${encodeURIComponent(owner.employerId)}:${encodeURIComponent(owner.unitId)}`;
    case 'trainee':
      return `trainee:${owner.phone}`;
  }
};

const isSame = (one: ScheduleSettings, other: ScheduleSettings): boolean => isDeepStrictEqual(one, other);

/** What is to be stored when an owner says this; `undefined` when that is what they say already. */
export const afterChange = (
  before: StoredSchedule | undefined,
  said: { readonly owner: ScheduleOwner; readonly settings: ScheduleSettings },
  { by, at }: ScheduleChange,
): StoredSchedule | undefined => {
  if (before !== undefined && isSame(before.settings, said.settings)) return undefined;
  const past = before === undefined ? [] : [pastOf(before), ...before.history];
  return {
    ...said,
    version: (before?.version ?? 0) + 1,
    changedBy: by,
    changedAt: at,
    history: past.slice(0, mostPast),
    marked: false,
  };
};

const pastOf = ({ version, settings, changedBy, changedAt }: StoredSchedule): PastSettings => ({
  version,
  settings,
  changedBy,
  changedAt,
});
