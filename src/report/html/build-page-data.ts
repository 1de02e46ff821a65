import { binSamples } from '../plots/bins.ts';
import { runningMean } from '../plots/convergence-chart.ts';
import { inventoryBand } from '../plots/inventory-distribution.ts';
import { strategyColours } from '../plots/theme.ts';
import type { NamedProfile } from '../profiles-csv.ts';
import type { CellRow, RunTables } from '../read/run-tables.ts';
import { isGrid, pageAxes } from './page-axes.ts';
import type { PageBand, PageCell, PageData, PageHistogram, PagePair, PageScenario } from './page-data.ts';
import { pagePaths } from './page-paths.ts';

/** Cells and histograms that a page holds at most, so that it stays below 1.5 MB. */
export const MOST_CELLS = 600;
const MOST_HISTOGRAMS = 100;

/** Paths from which a convergence has something to show. */
const FEWEST_PATHS = 20;

/** Symbols in the order of the strategies. */
const SHAPES = ['circle', 'square', 'triangle-up', 'diamond', 'cross', 'triangle-down'] as const;

/** What the page's script shows of a run's tables. */
export function buildPageData(tables: RunTables): PageData {
  const names = [...new Set(tables.cells.map(({ strategy }) => strategy))];
  const colours = strategyColours(names);
  const axes = pageAxes(tables);
  const byScenario = new Map<number, CellRow[]>();
  for (const cell of tables.cells) {
    const cells = byScenario.get(cell.scenario) ?? [];
    byScenario.set(cell.scenario, cells);
    cells.push(cell);
  }
  const shown = [...byScenario].slice(0, Math.max(1, Math.floor(MOST_CELLS / names.length)));
  const indexOf = (name: string): number => names.indexOf(name);
  const scenarios = shown.map(
    ([index, cells], i): PageScenario => ({
      index,
      point: axes.map(({ path, values }) => values.indexOf(cells[0]?.point[path] ?? '')),
      cells: cells.flatMap((cell) => cellOf(cell, indexOf)),
      pairs: tables.comparisons.filter(({ scenario }) => scenario === index).map((pair) => pairOf(pair, indexOf)),
      ...(i < MOST_HISTOGRAMS ? { histogram: histogramOf(tables, index, indexOf) } : {}),
    }),
  );
  const samples = byScenario.size === 1 ? (tables.pnl ?? []) : [];
  return {
    strategies: names.map((name, i) => ({
      name,
      colour: colours.get(name) ?? '#000000',
      shape: SHAPES[i % SHAPES.length] ?? 'circle',
    })),
    axes,
    isGrid: isGrid(axes, byScenario.size),
    scenarios,
    convergence: samples
      .filter(({ values }) => values.length >= FEWEST_PATHS)
      .map(({ strategy, values }) => {
        const { x, y, band } = runningMean(strategy, values);
        return bandOf(indexOf(strategy), x, y, band.low, band.high);
      }),
    pnlOverTime: tables.profiles.map((one) => profileOf(one, 'pnl', indexOf)),
    inventoryOverTime: inventoryOf(tables, indexOf),
    paths: pagePaths(tables.recorded, indexOf),
  };
}

function cellOf({ strategy, summary }: CellRow, indexOf: (name: string) => number): PageCell[] {
  if (summary === undefined) return [];
  // The rest is not shown and would swell the page.
  const { min: _min, max: _max, skewness: _skew, kurtosis: _kurt, var95: _var, ...most } = summary;
  const { final_q_mean: _final, variance_ratio: _ratio, percentile_error: _error, ...figures } = most;
  return [{ strategy: indexOf(strategy), figures }];
}

function pairOf(pair: RunTables['comparisons'][number], indexOf: (name: string) => number): PagePair {
  return {
    strategy: indexOf(pair.strategy),
    baseline: indexOf(pair.baseline),
    difference: pair.mean_difference,
    se: pair.se,
    low: pair.ci_low,
    high: pair.ci_high,
    clear: pair.verdict !== 'inconclusive',
  };
}

function histogramOf(
  { pnl = [], densities }: RunTables,
  scenario: number,
  indexOf: (name: string) => number,
): PageHistogram | undefined {
  const samples = pnl.filter((cell) => cell.scenario === scenario && cell.values.length > 0);
  if (samples.length === 0) return undefined;
  const bins = binSamples(samples.map(({ values }) => values));
  return {
    edges: rounded(bins.edges),
    samples: samples.map(({ strategy, values }, i) => ({
      strategy: indexOf(strategy),
      paths: values.length,
      density: rounded(bins.densities[i] ?? []),
    })),
    exact: densities
      .filter((cell) => cell.scenario === scenario)
      .map(({ strategy, x, density }) => ({ strategy: indexOf(strategy), x: rounded(x), density: rounded(density) })),
  };
}

/** Of a backtest's paths; else, where one scenario's laws are known without sampling, of these. */
function inventoryOf({ profiles, inventories, cells }: RunTables, indexOf: (name: string) => number): PageBand[] {
  if (profiles.length > 0) return profiles.map((one) => profileOf(one, 'inventory', indexOf));
  if (new Set(cells.map(({ scenario }) => scenario)).size > 1) return [];
  return inventories.map((law) => {
    const { name, x, y, low, high } = inventoryBand(law);
    return bandOf(indexOf(name), x, y, low, high);
  });
}

function profileOf(
  { strategy, profile }: NamedProfile,
  quantity: 'pnl' | 'inventory',
  indexOf: (name: string) => number,
): PageBand {
  const { mean, p05, p95 } = profile[quantity];
  return bandOf(indexOf(strategy), profile.times, mean, p05, p95);
}

function bandOf(
  strategy: number,
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  low: ArrayLike<number>,
  high: ArrayLike<number>,
): PageBand {
  return { strategy, x: rounded(x), y: rounded(y), low: rounded(low), high: rounded(high) };
}

/** To six digits, finer than a pixel: lines and areas need no more. */
function rounded(values: ArrayLike<number>): number[] {
  return Array.from(values, (value) => Number(value.toPrecision(6)));
}
