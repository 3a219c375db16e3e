import type { CostRow } from '../messages/cost-rows';

/** What an employer may spend on texts in a calendar month (UTC), in segments. */
export type Budget = { readonly employerId: string; readonly segmentsPerMonth: number };

/** A budget and what of it is spent this month. */
export type BudgetStand = Budget & {
  /** YYYY-MM, UTC. */
  readonly month: string;
  readonly segments: number;
  /** Nothing that only a schedule wants is started any more. */
  readonly spent: boolean;
};

/** How the segments of some days are split over employers; those without one are left out. */
export type Spending = ReadonlyMap<string, number>;

/** What went out, by employer. */
export const spendingIn = (rows: readonly CostRow[]): Spending => {
  const spent = new Map<string, number>();
  for (const { direction, employerId, segments } of rows)
    if (direction === 'outbound' && employerId !== undefined)
      spent.set(employerId, (spent.get(employerId) ?? 0) + segments);
  return spent;
};

/** Where a budget stands. One that is reached exactly is spent. */
export const standOf = (
  { employerId, segmentsPerMonth }: Budget,
  month: string,
  spendings: readonly Spending[],
): BudgetStand => {
  const segments = spendings.reduce((sum, spending) => sum + (spending.get(employerId) ?? 0), 0);
  return { employerId, segmentsPerMonth, month, segments, spent: segments >= segmentsPerMonth };
};
