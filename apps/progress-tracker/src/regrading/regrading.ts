import { figuresWithin } from '../figures/figures-within';
import type { RunFilter } from '../figures/run-figures';
import { isBehind, replyGroups, type GroupPlace, type ReplyGroup } from './reply-groups';
import type { RegradingParts } from './rule';
import type { Ruling } from './rulings';

/** A group of replies, and the last ruling on it that is on runs of whoever asks. */
export type RegradingItem = { readonly group: ReplyGroup; readonly ruling?: Ruling };

/** Which groups: without `ruled` those with replies on which no ruling stands, with it the others. */
export type RegradingFilter = RunFilter & { readonly ruled?: boolean };

export type RegradingPage = { readonly items: readonly RegradingItem[]; readonly next?: GroupPlace };

type Employers = readonly string[] | undefined;

const concerns = ({ employers: own }: Ruling, employers: Employers): boolean =>
  own === undefined || employers === undefined || own.some((employer) => employers.includes(employer));

/** A page of the groups on which people may rule, the most shared first. */
export const regradingPage = async (
  { figures, rulings }: Pick<RegradingParts, 'figures' | 'rulings'>,
  { ruled = false, employers, ...filter }: RegradingFilter,
  { after, limit }: { readonly after?: GroupPlace; readonly limit: number },
): Promise<RegradingPage> => {
  const all = await replyGroups(figuresWithin(figures, employers).runs(filter));
  const wanted = all.filter(
    (group) => (group.open === 0) === ruled && (after === undefined || isBehind(group, after)),
  );
  const groups = wanted.slice(0, limit);
  const known = await rulings.of(groups.map(({ id }) => id));
  const items = groups.map((group): RegradingItem => {
    const ruling = known.get(group.id)?.findLast((each) => concerns(each, employers));
    return { group, ...(ruling === undefined ? {} : { ruling }) };
  });
  const last = groups.at(-1);
  return wanted.length > groups.length && last !== undefined ? { items, next: last } : { items };
};
