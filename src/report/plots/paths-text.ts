import { formatCount } from '../../util/format.ts';
import type { NamedSummary } from './statistics-rows.ts';

/** `10,000 paths a strategy`, for captions; the range where cells differ. */
export function pathsText(cells: readonly Pick<NamedSummary, 'summary'>[]): string {
  const counts = cells.map(({ summary }) => summary.paths);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  const range = least === most ? formatCount(least) : `${formatCount(least)} to ${formatCount(most)}`;
  return `${range} paths a strategy`;
}
