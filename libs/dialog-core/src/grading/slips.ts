/** Whether two words are one slip apart: a letter lost or doubled, replaced, or swapped with the next. Linear. */
export const oneSlipApart = (typed: string, meant: string): boolean => {
  const more = typed.length - meant.length;
  if (more > 1 || more < -1 || typed === meant) return false;
  return more < 0 ? isSlip(meant, typed) : isSlip(typed, meant);
};

const isSlip = (long: string, short: string): boolean => {
  let at = 0;
  while (at < short.length && long[at] === short[at]) at += 1;
  if (long.length > short.length) return long.slice(at + 1) === short.slice(at);
  if (long.slice(at + 1) === short.slice(at + 1)) return true;
  return (
    long[at] === short[at + 1] && long[at + 1] === short[at] && long.slice(at + 2) === short.slice(at + 2)
  );
};

const vowels = 'aeiou';

/** Whether one of the words is the other with `a-` before it: moral and amoral. */
export const isOpposite = (one: string, other: string): boolean => {
  const [long, short] = one.length > other.length ? [one, other] : [other, one];
  return long === `a${short}` && !vowels.includes(short.charAt(0));
};
