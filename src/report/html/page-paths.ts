import { entriesShown } from '../plots/path-chart.ts';
import type { RecordedPath } from '../trajectories-csv.ts';
import type { PagePath } from './page-data.ts';

/** Entries and fills of a path that a page holds, and of all together: at some 50 bytes each these are 250 kB. */
const MOST_ENTRIES = 400;
export const MOST_FILLS = 1000;
const MOST_IN_ALL = 5000;

/**
 * Recorded paths as the page shows them, the first one of each strategy first, as many as there is room for: whole where they are
 * short, otherwise every so many entries and fills.
 */
export function pagePaths(recorded: readonly RecordedPath[], indexOf: (strategy: string) => number): PagePath[] {
  const shown: PagePath[] = [];
  let room = MOST_IN_ALL;
  for (const one of recorded.toSorted((a, b) => a.path - b.path)) {
    const path = pagePath(one, indexOf(one.strategy));
    room -= path.t.length + path.fills.length;
    if (room < 0 && shown.length > 0) break;
    shown.push(path);
  }
  return shown;
}

function pagePath({ path, trajectory }: RecordedPath, strategy: number): PagePath {
  const { t, mid, bid, ask, inventory, pnl, fill } = trajectory;
  const shown = entriesShown(t.length, MOST_ENTRIES);
  const of = (column: readonly number[]): number[] => shown.map((i) => rounded(column[i] ?? Number.NaN));
  const fills = t.flatMap((time, i) => {
    const one = (price: number, isBid: boolean) => ({ time: rounded(time), price: rounded(price), isBid });
    const [bought, sold] = [fill[i] === 1 || fill[i] === 2, fill[i] === -1 || fill[i] === 2];
    return [...(bought ? [one(bid[i]!, true)] : []), ...(sold ? [one(ask[i]!, false)] : [])];
  });
  return {
    ...{ strategy, path, fills: entriesShown(fills.length, MOST_FILLS).map((i) => fills[i]!) },
    ...{ t: of(t), mid: of(mid), bid: of(bid), ask: of(ask), inventory: of(inventory), pnl: of(pnl) },
  };
}

/** To seven digits: a hundredth of a tick of a price of some thousands. */
function rounded(value: number): number {
  return Number(value.toPrecision(7));
}
