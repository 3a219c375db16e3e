import { parseZone, placeOfNumber, wallClock, type LocalDate, type TimeZone } from '@stopcovid/calendar';
import type { Event, EventBatch, Trainee } from '@stopcovid/contracts';

/**
 * What figures group a run by, as it was when the run began: who moves to another unit later takes nothing along. `day`
 * is the local day in `zone`; `labels` has each once.
 */
export type RunGroups = {
  readonly employerId?: string;
  readonly unitId?: string;
  readonly labels?: readonly string[];
  /** The language of the first prompt. */
  readonly language: string;
  readonly demo: boolean;
  readonly zone: TimeZone;
  readonly day: LocalDate;
};

const utc = 'UTC' as TimeZone;

/*
 * Of what the batch itself says alone, so that a rebuild comes to the same, whatever was set meanwhile: the zone that
 * the trainee told, else the first in which their number may be.
 */
const zoneOf = ({ phone, trainee }: EventBatch): TimeZone => {
  const told = parseZone(trainee.profile.timeZone ?? '');
  return told.ok ? told.value : (placeOfNumber(phone)?.zones[0] ?? utc);
};

/** The local day of an instant. */
export const dayOf = (zone: TimeZone, at: Date): LocalDate => wallClock(zone, at.getTime()).date;

const accountOf = ({ account: { employerId, unitId, labels } }: Trainee) => ({
  ...(employerId === undefined ? {} : { employerId }),
  ...(unitId === undefined ? {} : { unitId }),
  ...(labels === undefined || labels.length === 0 ? {} : { labels: [...new Set(labels)] }),
});

/** The groups of a run that begins with this event. */
export const groupsOf = (batch: EventBatch, { prompt }: Event<'DrillStarted'>, at: Date): RunGroups => {
  const zone = zoneOf(batch);
  return {
    ...accountOf(batch.trainee),
    language: prompt.language,
    demo: batch.trainee.registration?.demo ?? false,
    zone,
    day: dayOf(zone, at),
  };
};

/** The groups without what they say of whose run it was, beside the employer. */
export const withoutStanding = ({ unitId: _unit, labels: _labels, ...groups }: RunGroups): RunGroups =>
  groups;
