/** A count that can be one: whole, not negative. What else arrives here is a mistake of ours, and no figure is made of it. */
export const whole = (what: string, value: number): number => {
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new RangeError(`${what} is ${value}, which no count can be`);
};
