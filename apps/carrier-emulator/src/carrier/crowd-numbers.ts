import type { Address } from './message';

const linesPerArea = 100;

/** Area codes of North America; 202 belongs to the wall, and 555 is a prefix that senders may treat as fake. */
const areaCodes: readonly number[] = Array.from({ length: 789 }, (_, index) => 201 + index).filter(
  (code) => code % 100 !== 11 && code !== 202 && code !== 555,
);

/** How many different numbers a crowd can have. */
export const crowdNumbersAtMost = areaCodes.length * linesPerArea;

/** The number of one of the crowd, counting from 0: 555-0100 to 0199 of each area code, kept for fiction. */
export const crowdNumber = (index: number): Address => {
  const area = areaCodes[Math.floor(index / linesPerArea)];
  if (area === undefined) throw new RangeError(`a crowd has ${crowdNumbersAtMost} numbers at most`);
  return `+1${area}55501${String(index % linesPerArea).padStart(2, '0')}`;
};

/** Whether a number is one that a crowd may have. Such phones come to the wall only when somebody puts them there. */
export const isCrowdNumber = (address: Address): boolean => /^\+1(?!202|555)\d{3}55501\d{2}$/.test(address);
