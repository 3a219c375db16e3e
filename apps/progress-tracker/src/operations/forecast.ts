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
    | 'unsendable';
  /** What is so, and what would be right. */
  readonly message: string;
};

/** What an action is judged by. Without `knowsDrill` any drill is taken to exist. */
export type Circumstances = { readonly stand: Stand; readonly knowsDrill?: (drill: string) => boolean };

type Check = (action: Action, circumstances: Circumstances) => Obstacle | undefined;

const proactive: ReadonlySet<Action['kind']> = new Set<Action['kind']>(['start', 'message', 'remind']);

const unregistered: Check = ({ kind }, { stand: { progress } }) =>
  kind === 'optOut' ||
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

const checks: readonly Check[] = [unregistered, optedOut, busy, paused, nothingOpen, unknownDrill];

/** All that stands in an action's way, as far as the tracker knows: the engine, which decides, may know later news. */
export const obstaclesTo = (action: Action, circumstances: Circumstances): readonly Obstacle[] =>
  checks.flatMap((check) => check(action, circumstances) ?? []);
