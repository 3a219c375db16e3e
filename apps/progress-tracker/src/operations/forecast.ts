import { wallClock, type Instant, type TimeZone } from '@stopcovid/calendar';
import type { Action } from './action';
import type { Stand } from './standing-of';

/** Why an action would lead to nothing, or to what nobody wants. */
export type Obstacle = {
  readonly code:
    | 'unregistered'
    | 'optedOut'
    | 'busy'
    | 'paused'
    | 'notPaused'
    | 'nothingOpen'
    | 'unknownDrill'
    | 'unsendable'
    | 'outsideWindow'
    | 'noZone';
  /** What is so, and what would be right. */
  readonly message: string;
  /** When it can be asked for again, where that is known. */
  readonly opensAt?: string;
};

/** What an action is judged by. Without `knowsDrill` any drill is taken to exist. */
export type Circumstances = { readonly stand: Stand; readonly knowsDrill?: (drill: string) => boolean };

type Check = (action: Action, circumstances: Circumstances) => Obstacle | undefined;

const proactive: ReadonlySet<Action['kind']> = new Set<Action['kind']>(['start', 'message', 'remind']);

const unregistered: Check = ({ kind }, { stand: { progress } }) =>
  kind === 'optOut' ||
  kind === 'erase' ||
  (progress !== undefined && (kind === 'update' || progress.trainee.registration !== null))
    ? undefined
    : { code: 'unregistered', message: 'this phone is not registered; enrol it first' };

const optedOut: Check = ({ kind }, { stand: { progress } }) =>
  proactive.has(kind) && progress?.trainee.optedOut === true
    ? {
        code: 'optedOut',
        message: 'the trainee opted out; nothing may be sent until a text of their own opts in again',
      }
    : undefined;

const busy: Check = (action, { stand: { progress } }) =>
  action.kind === 'start' && action.replace !== true && progress?.runningId !== undefined
    ? { code: 'busy', message: 'a drill is in progress; `replace` ends it and starts the new one' }
    : undefined;

const paused: Check = ({ kind }, { stand: { progress } }) => {
  const pause = progress?.trainee.schedulePaused;
  if (proactive.has(kind) && pause !== undefined)
    return { code: 'paused', message: `their schedule is paused since ${pause.since}; resume it first` };
  return kind === 'resume' && progress !== undefined && pause === undefined
    ? { code: 'notPaused', message: 'their schedule is not paused, so there is nothing to resume' }
    : undefined;
};

const nothingOpen: Check = ({ kind }, { stand: { open } }) =>
  kind === 'remind' && open === undefined
    ? { code: 'nothingOpen', message: 'no question is open, so there is nothing to remind of' }
    : undefined;

const unknownDrill: Check = (action, { knowsDrill }) =>
  action.kind === 'start' && knowsDrill?.(action.drill) === false
    ? { code: 'unknownDrill', message: `there is no drill ${action.drill} among those that can be given now` }
    : undefined;

const localTime = (zone: TimeZone, at: Instant): string => {
  const { date, minute } = wallClock(zone, at);
  const [hours, minutes] = [Math.floor(minute / 60), minute % 60].map((part) => `${part}`.padStart(2, '0'));
  return `${date} ${hours}:${minutes} in ${zone}`;
};

const outsideWindow: Check = ({ kind }, { stand: { hours } }) => {
  if (!proactive.has(kind) || hours === undefined || hours.kind === 'open') return undefined;
  if (hours.kind === 'noZone')
    return { code: 'noZone', message: 'no time zone is known, so nobody knows their hours; set one first' };
  const { opensAt, zone } = hours;
  if (opensAt === null)
    return { code: 'outsideWindow', message: 'their schedule has no delivery window within a year' };
  const iso = new Date(opensAt).toISOString();
  const when = zone === null ? iso : `${iso} (${localTime(zone, opensAt)})`;
  return {
    code: 'outsideWindow',
    message: `it is outside their delivery window, which opens at ${when}; ask again then, or send a broadcast, which waits for it`,
    opensAt: iso,
  };
};

const checks: readonly Check[] = [
  unregistered,
  optedOut,
  busy,
  paused,
  nothingOpen,
  unknownDrill,
  outsideWindow,
];

/** All that stands in an action's way, as far as the tracker knows: the engine, which decides, may know later news. */
export const obstaclesTo = (action: Action, circumstances: Circumstances): readonly Obstacle[] =>
  checks.flatMap((check) => check(action, circumstances) ?? []);
