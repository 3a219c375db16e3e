import { sumsOfItem } from './item-measures';
import type { ItemTable } from './item-table';
import { covarianceWithTotal } from './moments';

/**
 * How much of the spread of total scores is each item's, of all items of a test in the order given: 0 to 1, together 1.
 * `null` for an item that works against the total, and for all where nothing varies.
 */
export const effectiveWeights = (tables: readonly ItemTable[]): readonly (number | null)[] => {
  const pulls = tables.map((table) => {
    const covariance = covarianceWithTotal(sumsOfItem(table));
    return covariance === null || covariance < 0 ? null : Math.sqrt(covariance);
  });
  const together = pulls.reduce<number>((sum, pull) => sum + (pull ?? 0), 0);
  return pulls.map((pull) => (pull === null || together === 0 ? null : pull / together));
};
