import type { Parsed, TimeZone } from './names';
import { isKnownZone } from './temporal';

const likeThis = 'write the name of a zone by place, such as America/New_York';

const problemWith = (name: string): string => {
  if (name === '') return `a time zone is missing: ${likeThis}`;
  if (/^(?:UTC|GMT)?[+-]\d/i.test(name)) {
    return `'${name}' is an offset, which is wrong for half of the year in many places: ${likeThis}`;
  }
  if (/^[A-Z]{2,5}(?:\d[A-Z]{3})?$/.test(name)) {
    return `'${name}' is an abbreviation, which different places use for different times: ${likeThis}`;
  }
  return `'${name}' is not in the IANA list of time zones: ${likeThis}`;
};

/** `UTC`, or a name with a `/` that this process's zone data know. It is kept as it was given, without blanks around it. */
export const parseZone = (text: string): Parsed<TimeZone> => {
  const name = text.trim();
  const named = name === 'UTC' || (name.includes('/') && isKnownZone(name));
  return named ? { ok: true, value: name as TimeZone } : { ok: false, problem: problemWith(name) };
};

/** Who said which zone a trainee is in. `group` is their unit or employer. */
export type ZoneSource = 'trainee' | 'import' | 'group' | 'organisation' | 'unknown';

/** A zone and who said so; no zone where nobody did. */
export type KnownZone =
  | { readonly zone: TimeZone; readonly source: Exclude<ZoneSource, 'unknown'> }
  | { readonly zone: null; readonly source: 'unknown' };

const sources = ['trainee', 'import', 'group', 'organisation'] as const;

/** The zone that counts: the trainee's own word first, the organisation's default last. */
export const chooseZone = (
  said: Readonly<Partial<Record<(typeof sources)[number], TimeZone>>>,
): KnownZone => {
  for (const source of sources) {
    const zone = said[source];
    if (zone !== undefined) return { zone, source };
  }
  return { zone: null, source: 'unknown' };
};
