import type { Address } from './message';

/** Numbers that differ in their area code and in the line behind 555. */
type Range = { readonly areas: readonly number[]; readonly firstLine: number; readonly lines: number };

const areas = Array.from({ length: 799 }, (_, index) => 201 + index);
const sizeOf = (range: Range): number => range.areas.length * range.lines;

/**
 * Area codes of North America; 202 belongs to the wall, and 555 is a prefix that senders may treat as fake. In each of
 * them 0100 to 0199 are kept for fiction.
 */
const fiction: Range = {
  areas: areas.filter((area) => area < 990 && area % 100 !== 11 && area !== 202 && area !== 555),
  firstLine: 100,
  lines: 100,
};

const hasNineInside = (area: number): boolean => Math.floor(area / 10) % 10 === 9;

/** Area codes with a nine in the middle are given to nobody: none of their numbers rings anywhere. */
const givenToNobody: Range = { areas: areas.filter(hasNineInside), firstLine: 1_000, lines: 9_000 };

/** Lines behind 555 that are not given out; unlike those above they are of area codes that who checks numbers knows. */
const notGivenOut: Range = {
  areas: fiction.areas.filter((area) => !hasNineInside(area)),
  firstLine: 2_000,
  lines: 1_000,
};

const ranges = [fiction, givenToNobody, notGivenOut] as const;

/** How many different numbers a crowd can have. */
export const crowdNumbersAtMost = ranges.reduce((sum, range) => sum + sizeOf(range), 0);

const numberIn = ({ areas: own, firstLine, lines }: Range, index: number): Address => {
  const line = firstLine + (index % lines);
  return `+1${own[Math.floor(index / lines)]}555${String(line).padStart(4, '0')}`;
};

/** The number of one of the crowd, counting from 0: those that are kept for fiction come first. */
export const crowdNumber = (index: number): Address => {
  let before = 0;
  for (const range of ranges) {
    if (index < before + sizeOf(range)) return numberIn(range, index - before);
    before += sizeOf(range);
  }
  throw new RangeError(`a crowd has ${crowdNumbersAtMost} numbers at most`);
};

/** Whether a number is one that a crowd may have. Such phones come to the wall only when somebody puts them there. */
export const isCrowdNumber = (address: Address): boolean =>
  /^\+1(?:(?!202|555)\d{3}55501\d{2}|[2-9]9\d555[1-9]\d{3}|(?!202|555)[2-9]\d{2}5552\d{3})$/.test(address);
