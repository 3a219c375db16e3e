/** Whether two words are one slip apart: a letter lost or doubled, replaced, or swapped with the next. Linear. */
export const oneSlipApart = (typed: string, meant: string): boolean => {
  const more = typed.length - meant.length;
  if (more > 1 || more < -1 || typed === meant) return false;
  return more < 0 ? isSlip(meant, typed) : isSlip(typed, meant);
};

const isSlip = (long: string, short: string): boolean => {
  let at = 0;
  while (at < short.length && long.charCodeAt(at) === short.charCodeAt(at)) at += 1;
  const same = sameEnd(long, short);
  if (long.length > short.length) return at + same >= short.length;
  if (at + 1 + same >= short.length) return true;
  return long[at] === short[at + 1] && long[at + 1] === short[at] && at + 2 + same >= short.length;
};

/** How many letters two words end with alike. */
const sameEnd = (one: string, other: string): number => {
  const [last, otherLast] = [one.length - 1, other.length - 1];
  let same = 0;
  while (same <= otherLast && one.charCodeAt(last - same) === other.charCodeAt(otherLast - same)) same += 1;
  return same;
};

const vowels = 'aeiou';

/** Whether one of the words is the other with `a-` before it: moral and amoral. */
export const isOpposite = (one: string, other: string): boolean => {
  const [long, short] = one.length > other.length ? [one, other] : [other, one];
  return long === `a${short}` && !vowels.includes(short.charAt(0));
};
