/**
 * Walks along paths: for quotes that hang on the price or on the path, and for markets that the tabulated kernels do not
 * cover. Slower than those, and of the same law where both apply.
 */
import type { WalkCell } from '../block-request.ts';
import type { PathColumns } from '../path-columns.ts';
import { walkPath } from './walk-path.ts';
import { createWalker } from './walker.ts';

/**
 * Simulates paths firstPath … firstPath + paths − 1 of one cell into their slots, which depend on the arguments alone.
 * Rejects with PathError for the first path that fails.
 */
export async function walkBlock(cell: WalkCell, firstPath: number, paths: number, columns: PathColumns): Promise<void> {
  const walker = await createWalker(cell);
  for (let path = firstPath; path < firstPath + paths; path++) {
    walkPath(walker, path);
    walker.account.write(columns, path - columns.firstPath);
  }
  if (columns.saturatedQuotes !== undefined) Atomics.add(columns.saturatedQuotes, 0, walker.saturated);
}
