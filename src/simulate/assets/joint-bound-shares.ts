import type { ModelParameters } from '../../config/experiment.ts';
import type { BoundShares } from '../../solve/quote-bounds.ts';
import type { JointQuoteTable } from './joint-quote-table.ts';

/** For either asset, shares of the table's quotes that are at a bound of its model. */
export function jointBoundShares(
  { values, reaches }: JointQuoteTable,
  models: readonly ModelParameters[],
): BoundShares[] {
  const block = 2 * (2 * reaches[0] + 1) * (2 * reaches[1] + 1);
  return models.map(({ delta_min, delta_max }, asset) => {
    let quotes = 0;
    let atMin = 0;
    let atMax = 0;
    for (let start = asset * block; start < values.length; start += 2 * block) {
      for (let i = start; i < start + block; i++) {
        const distance = values[i]!;
        if (distance === Number.POSITIVE_INFINITY) continue;
        quotes++;
        if (distance === delta_min) atMin++;
        else if (distance === delta_max) atMax++;
      }
    }
    const share = 1 / Math.max(1, quotes);
    return { binding: (atMin + atMax) * share, atMin: atMin * share, atMax: atMax * share };
  });
}
