import { skippable } from './languages/stop-roles';

/** What a word may be, letter by letter, in a place of a sentence. */
type Step = { readonly any: string; readonly repeat: '1' | '?' | '+' | '*' };
export type Pattern = {
  readonly steps: readonly Step[];
  /** What its first word may be. */
  readonly begin: string;
  readonly open?: true;
};

/** `s v+ m` and so on: one letter or `(letters)` per step, one of which must stand. A pattern that ends in `…` lets anything follow. */
export const pattern = (written: string): Pattern => {
  const parts = written.split(' ');
  const open = parts.at(-1) === '…';
  const steps = (open ? parts.slice(0, -1) : parts).map((part): Step => {
    const repeat = /[?+*]$/.exec(part)?.[0] ?? '1';
    return { any: part.replace(/[?+*()]/g, ''), repeat: repeat as Step['repeat'] };
  });
  const begin = beginOf(steps);
  return open ? { steps, begin, open } : { steps, begin };
};

const beginOf = (steps: readonly Step[]): string => {
  const must = steps.findIndex(({ repeat }) => repeat === '1' || repeat === '+');
  return `${steps
    .slice(0, must + 1)
    .map(({ any }) => any)
    .join('')}${skippable}`;
};

const fits = (role: string, any: string): boolean => {
  for (const letter of role) if (any.includes(letter)) return true;
  return false;
};

/** Whether the pattern fits from here. Every word is looked at once per step that it may be of: at most as often as there are steps. */
export const fitsFrom = (
  roles: readonly string[],
  start: number,
  { steps, begin, open }: Pattern,
): boolean => {
  if (!fits(roles[start] ?? '', begin)) return false;
  let places = new Set([start]);
  for (const step of steps) {
    places = advance(roles, withSkipped(roles, places), step);
    if (places.size === 0) return false;
  }
  const ends = withSkipped(roles, places);
  return open === true || [...ends].some((at) => at === roles.length || /[qisN]/.test(roles[at] ?? ''));
};

/** The places with those behind words that may say nothing. */
const withSkipped = (roles: readonly string[], places: ReadonlySet<number>): ReadonlySet<number> => {
  const all = new Set(places);
  for (const at of all) if (roles[at]?.includes(skippable) === true) all.add(at + 1);
  return all;
};

const advance = (roles: readonly string[], places: ReadonlySet<number>, step: Step): Set<number> => {
  const next = new Set<number>(step.repeat === '?' || step.repeat === '*' ? places : []);
  const many = step.repeat === '+' || step.repeat === '*';
  const waiting = [...places];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const role = roles[at];
    if (role === undefined || !fits(role, step.any)) continue;
    if (!next.has(at + 1) && many) waiting.push(at + 1);
    next.add(at + 1);
  }
  return next;
};
