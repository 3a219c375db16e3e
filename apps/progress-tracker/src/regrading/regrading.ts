import { figuresWithin } from '../figures/figures-within';
import type { RunFilter } from '../figures/run-figures';
import { given } from '../given';
import {
  drillOfGroup,
  idOfGroup,
  isBehind,
  replyGroups,
  type GroupPlace,
  type ReplyGroup,
} from './reply-groups';
import type { RegradingParts } from './rule';
import type { Ruling } from './rulings';

/** A group of replies, and the last ruling on it that is on runs of whoever asks. */
export type RegradingItem = { readonly group: ReplyGroup; readonly ruling?: Ruling };

/**
 * Which groups: without `ruled` those with replies on which no ruling stands, with it the others; with `picked` those that
 * were taken for an option, or for none.
 */
export type RegradingFilter = RunFilter & {
  readonly prompt?: string;
  readonly ruled?: boolean;
  readonly picked?: boolean;
};

export type RegradingPage = { readonly items: readonly RegradingItem[]; readonly next?: GroupPlace };

type Employers = readonly string[] | undefined;
type Known = Pick<RegradingParts, 'figures' | 'rulings'>;
type Wanted = Pick<RegradingFilter, 'ruled' | 'picked'>;

const concerns = ({ employers: own }: Ruling, employers: Employers): boolean =>
  own === undefined || employers === undefined || own.some((employer) => employers.includes(employer));

const withRulings = async (
  { rulings }: Known,
  groups: readonly ReplyGroup[],
  employers: Employers,
): Promise<readonly RegradingItem[]> => {
  const known = await rulings.of(groups.map(({ id }) => id));
  return groups.map((group) => {
    const ruling = known.get(group.id)?.findLast((each) => concerns(each, employers));
    return { group, ...(ruling === undefined ? {} : { ruling }) };
  });
};

const isWanted = ({ open, option }: ReplyGroup, { ruled = false, picked }: Wanted): boolean =>
  (open === 0) === ruled && (picked === undefined || picked === (option !== undefined));

/** A page of the groups on which people may rule, the most shared first. */
export const regradingPage = async (
  known: Known,
  { ruled, picked, prompt, employers, ...filter }: RegradingFilter,
  { after, limit }: { readonly after?: GroupPlace; readonly limit: number },
): Promise<RegradingPage> => {
  const all = await replyGroups(figuresWithin(known.figures, employers).runs(filter, 'answers'), {
    isWanted: (shared) => prompt === undefined || shared.prompt === prompt,
  });
  const wanted = all.filter(
    (group) => isWanted(group, given({ ruled, picked })) && (after === undefined || isBehind(group, after)),
  );
  const groups = wanted.slice(0, limit);
  const items = await withRulings(known, groups, employers);
  const last = groups.at(-1);
  return wanted.length > groups.length && last !== undefined ? { items, next: last } : { items };
};

/** One group, in all runs of its drill: those that a ruling is on. Undefined where it is not there. */
export const regradingItem = async (
  known: Known,
  id: string,
  employers: Employers,
): Promise<RegradingItem | undefined> => {
  const runs = figuresWithin(known.figures, employers).runs({ drill: drillOfGroup(id) }, 'answers');
  const groups = await replyGroups(runs, { isWanted: (shared) => idOfGroup(shared) === id });
  return (await withRulings(known, groups, employers))[0];
};
