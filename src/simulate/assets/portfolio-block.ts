/** Walks of several assets at once: each has a market and a maker of its own, time is common and prices are correlated. */
import type { PortfolioCell, WalkCell } from '../block-request.ts';
import type { PathColumns } from '../path-columns.ts';
import { EventPath } from '../walk/event-path.ts';
import { walkEventPaths } from '../walk/event-walk.ts';
import { PathError } from '../walk/path-error.ts';
import { SteppedPath, walkSteppedPaths } from '../walk/stepped-walk.ts';
import { createWalker, type Walker } from '../walk/walker.ts';
import { createJointWalkers } from './joint-policy.ts';
import { Ledger } from './ledger.ts';

/**
 * Simulates paths firstPath … firstPath + paths − 1 of a portfolio into their slots, which depend on the arguments alone.
 * Rejects with PathError for the first path that fails.
 */
export async function walkPortfolioBlock(
  { assets, joint }: PortfolioCell,
  firstPath: number,
  paths: number,
  columns: PathColumns,
): Promise<void> {
  const [first] = assets;
  if (first === undefined) throw new Error('a portfolio needs at least one asset');
  const walkers = joint === undefined ? await Promise.all(assets.map(createWalker)) : createJointWalkers(assets, joint);
  const ledger = new Ledger(walkers.map(({ account }) => account));
  const walk = walkOf(first, walkers, ledger);
  for (let path = firstPath; path < firstPath + paths; path++) {
    try {
      for (const walker of walkers) walker.start(path);
      ledger.start();
      walk();
    } catch (error) {
      throw new PathError(`${first.seed}/${path}`, error);
    }
    ledger.write(columns, path - columns.firstPath);
  }
  const saturated = walkers.reduce((sum, walker) => sum + walker.saturated, 0);
  if (columns.saturatedQuotes !== undefined) Atomics.add(columns.saturatedQuotes, 0, saturated);
}

function walkOf({ market }: WalkCell, walkers: readonly Walker[], ledger: Ledger): () => void {
  if (market.scheme === 'event') {
    const paths = walkers.map((walker) => new EventPath(walker, undefined, ledger));
    return () => walkEventPaths(paths, market, ledger);
  }
  const paths = walkers.map((walker) => new SteppedPath(walker, undefined, ledger));
  return () => walkSteppedPaths(paths, ledger);
}
