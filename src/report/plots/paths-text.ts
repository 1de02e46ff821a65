import { formatCount } from '../../util/format.ts';
import { leastAndMost } from '../../util/least-and-most.ts';
import type { NamedSummary } from './statistics-rows.ts';

/**
 * `10,000 paths a strategy`, for captions; the range where cells differ.
 * @param failed cells that have no figures, which the caption must not pass over
 */
export function pathsText(cells: readonly Pick<NamedSummary, 'summary'>[], failed = 0): string {
  const counts = cells.map(({ summary }) => summary.paths);
  const [least, most] = leastAndMost(counts);
  const range = least === most ? formatCount(least) : `${formatCount(least)} to ${formatCount(most)}`;
  const missing = failed === 0 ? '' : failed === 1 ? '; 1 cell failed' : `; ${formatCount(failed)} cells failed`;
  return `${range} paths a strategy${missing}`;
}
