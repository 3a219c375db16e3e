import type { Filters } from './address';
import { daysAfter, languageName, longDay, readable } from './words';

const daysIn = ({ from, until }: Filters): string => {
  const last = until === undefined ? undefined : longDay(daysAfter(until, -1));
  if (from !== undefined && last !== undefined) return `${longDay(from)} to ${last}`;
  if (from !== undefined) return `From ${longDay(from)} on`;
  return last === undefined ? 'All days' : `Up to ${last}`;
};

/** What figures are narrowed to, in a line. */
export const narrowedTo = (filters: Filters): string =>
  [
    daysIn(filters),
    filters.employer ?? 'all employers',
    ...(filters.unit === undefined ? [] : [filters.unit]),
    filters.drill === undefined ? 'all drills' : readable(filters.drill),
    ...(filters.language === undefined ? [] : [languageName(filters.language)]),
  ].join(' · ');
