import { heatmapChart } from './heatmap-chart.ts';
import { type LineSeries, lineChart } from './line-chart.ts';
import type { ChartSpec } from './render-chart.ts';
import { besideEachOther } from './side-by-side.ts';

export type QuoteSide = 'bid' | 'ask' | 'spread';

/** Quotes over time and inventory, as a solved grid has them. */
export interface QuoteGrid {
  readonly times: Float64Array;
  /** Ascending. */
  readonly inventories: Float64Array;
  /** Distances at the i-th time, one for each inventory, price units; Infinity where there is no quote. */
  readonly quotesAt: (i: number) => { readonly bid: Float64Array; readonly ask: Float64Array };
}

export interface QuoteSurface {
  readonly title: string;
  readonly subtitle: string;
  readonly side: QuoteSide;
  readonly units: { readonly time: string; readonly price: string };
  /** Inventories that have a line; the largest of them bounds the map. */
  readonly inventories: readonly number[];
}

/** Columns that a map of quotes has at most; lines take every node of the grid. */
const MAP_COLUMNS = 100;

export const QUOTE_LABELS = { bid: 'bid distance δb', ask: 'ask distance δa', spread: 'spread δb + δa' } as const;

/**
 * A quote over time and inventory: as a map, and as lines for some inventories.
 * @throws RangeError where a line is asked for of an inventory that is not on the grid, or has no such quote
 */
export function quoteSurface(grid: QuoteGrid, { title, subtitle, side, units, inventories }: QuoteSurface): ChartSpec {
  const rows = Array.from(grid.times, (_, i) => {
    const { bid, ask } = grid.quotesAt(i);
    if (side !== 'spread') return side === 'bid' ? bid : ask;
    return bid.map((distance, j) => distance + ask[j]!);
  });
  const indexOf = (q: number): number => {
    const index = grid.inventories.indexOf(q);
    if (index < 0) throw new RangeError(`quotes: expected an inventory on the grid, got ${q}`);
    return index;
  };
  const time = { label: 'time t', unit: units.time };
  const value = { label: QUOTE_LABELS[side], unit: units.price };
  const stride = Math.ceil((grid.times.length - 1) / MAP_COLUMNS);
  const xEdges = Array.from(grid.times).filter((_, i) => i % stride === 0 || i === grid.times.length - 1);
  const half = 0.5 * ((grid.inventories[1] ?? 1) - (grid.inventories[0] ?? 0));
  // At the bound itself a side is missing and the other is far from all others, which would take up the colours.
  const bound = Math.max(...inventories.map(Math.abs));
  const first = indexOf(-bound);
  const shown = Array.from(grid.inventories.subarray(first, indexOf(bound) + 1));
  const map = heatmapChart({
    x: time,
    y: { label: 'inventory q', unit: 'units' },
    value,
    xEdges,
    yEdges: [...shown.map((q) => q - half), bound + half],
    at: (column, row) => {
      const distance = rows[column * stride]?.[first + row] ?? Number.NaN;
      return Number.isFinite(distance) ? distance : Number.NaN;
    },
    width: 400,
  });
  const along = (q: number): number[] => {
    const index = indexOf(q);
    return rows.map((row) => row[index] ?? Number.NaN);
  };
  const series = inventories.flatMap((q): LineSeries[] => {
    const y = along(q);
    const hasTwin = q !== 0 && inventories.includes(-q) && coincide(y, along(-q));
    if (hasTwin && q < 0) return [];
    return [{ name: hasTwin ? `±${q}` : String(q).replace('-', '−'), x: grid.times, y }];
  });
  const lines = lineChart({ x: time, y: value, series, legend: 'inventory q (units)', ordered: true, width: 400 });
  return besideEachOther({ title, subtitle }, [map, lines]);
}

/** Whether two lines cannot be told apart by eye, as those of the spread at q and −q without drift. */
function coincide(a: readonly number[], b: readonly number[]): boolean {
  return a.every((value, i) => Math.abs(value - b[i]!) <= 1e-6 * Math.abs(value));
}
