import { leastAndMost } from '../../util/least-and-most.ts';
import type { CellInventory } from '../inventory-csv.ts';
import type { CellRow, RunTables } from '../read/run-tables.ts';
import { heatmapChart } from './heatmap-chart.ts';
import { dashCoincident, lineChart } from './line-chart.ts';
import { MOST_PANELS, panelGrid } from './panels.ts';
import { INVENTORY, TIME } from './quantities.ts';
import type { ChartSpec, PanelSpec } from './render-chart.ts';
import { pointTitle } from './sweep-points.ts';

/** Probability that a map may leave white at either end of the inventories. */
const UNSEEN = 1e-3;

/** Share of the time whose probabilities may exceed the scale of colours. */
const EARLY = 0.1;

/** A quantile band of the inventory over time, and its mean. */
export interface InventoryBand {
  readonly name: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/**
 * The law of the inventory over time, known without sampling: of one scenario as a map for each strategy, of a sweep as the
 * band of its middle 90 % in a panel for each scenario.
 * @throws RangeError where there is none
 */
export function inventoryDistribution({ cells, sweptPaths, inventories }: RunTables): ChartSpec {
  const scenarios = [...new Set(inventories.map(({ scenario }) => scenario))].slice(0, MOST_PANELS);
  const total = new Set(cells.map(({ scenario }) => scenario)).size;
  const how = 'exact, without sampling';
  if (total === 1)
    return mapsOf(inventories, `${how}: the probability of each inventory${unknown(cells, inventories)}`);
  const panels = scenarios.map((scenario) => bandsOf(scenario, cells, sweptPaths, inventories));
  const left = total > scenarios.length ? `; ${scenarios.length} of ${total} scenarios` : '';
  const subtitle = `${how}: mean, and the band between the 5th and the 95th percentile${left}`;
  return panelGrid({ title: 'Inventory over time', subtitle }, panels);
}

/** Tells of strategies that have figures but no law that is known. */
function unknown(cells: readonly CellRow[], laws: readonly CellInventory[]): string {
  const names = cells.filter(({ summary }) => summary !== undefined).map(({ strategy }) => strategy);
  const missing = names.filter((name) => laws.every(({ strategy }) => strategy !== name));
  return missing.length === 0 ? '' : `; not known so: ${missing.join(', ')}`;
}

/** One scale of colours for all strategies. */
function mapsOf(laws: readonly CellInventory[], subtitle: string): ChartSpec {
  const reach = Math.max(...laws.map(reachOf));
  // The law begins as a certainty, which would take up all colours: they end at what comes later.
  const late = laws.flatMap(({ probabilities }) => probabilities.slice(Math.ceil(EARLY * probabilities.length)));
  const most = Math.max(...late.map((law) => leastAndMost(law)[1]));
  const panels = laws.map(({ strategy, times, inventories, probabilities }) => {
    const step = leastStep(inventories);
    const lots = Math.round(reach / step);
    // Of the law's lowest inventory, in rows of the map.
    const lowest = Math.round((inventories[0] ?? 0) / step) + lots;
    return heatmapChart({
      title: strategy,
      isPanel: true,
      x: TIME,
      y: INVENTORY,
      value: { label: 'probability' },
      domain: [0, most],
      xEdges: times,
      yEdges: Array.from({ length: 2 * lots + 2 }, (_, i) => (i - lots - 0.5) * step),
      at: (column, row) => probabilities[column + 1]?.[row - lowest] ?? 0,
      width: 300,
      height: 240,
    });
  });
  return panelGrid({ title: 'Inventory over time', subtitle }, panels);
}

function bandsOf(
  scenario: number,
  cells: readonly CellRow[],
  sweptPaths: readonly string[],
  laws: readonly CellInventory[],
): PanelSpec {
  const point = cells.find((cell) => cell.scenario === scenario)?.point ?? {};
  const bands = laws.filter((law) => law.scenario === scenario).map(inventoryBand);
  return lineChart({
    title: pointTitle(point, sweptPaths),
    isPanel: true,
    x: TIME,
    y: INVENTORY,
    company: cells.map(({ strategy }) => strategy),
    steps: true,
    series: dashCoincident(bands.map(({ low, high, ...series }) => ({ ...series, band: { low, high } }))),
    width: 300,
    height: 200,
  });
}

/** Mean, 5th and 95th percentile of the inventory at each time. */
export function inventoryBand({ strategy, times, inventories, probabilities }: CellInventory): InventoryBand {
  const quantile = (law: ArrayLike<number>, share: number): number => {
    let passed = 0;
    for (const [j, q] of inventories.entries()) {
      passed += law[j] ?? 0;
      if (passed >= share) return q;
    }
    return inventories.at(-1) ?? 0;
  };
  return {
    name: strategy,
    x: times,
    y: probabilities.map((law) => rounded(inventories.reduce((sum, q, j) => sum + q * (law[j] ?? 0), 0))),
    low: probabilities.map((law) => quantile(law, 0.05)),
    high: probabilities.map((law) => quantile(law, 0.95)),
  };
}

/** Without what rounding leaves of a mean of 0, which would tell apart lines that are one. */
function rounded(mean: number): number {
  return Number(mean.toFixed(9));
}

/** The largest inventory, either way, that is seen now and then. */
function reachOf({ inventories, probabilities }: CellInventory): number {
  const seen = inventories.filter((_, j) => probabilities.some((law) => (law[j] ?? 0) >= UNSEEN));
  return Math.max(...seen.map(Math.abs));
}

function leastStep(inventories: readonly number[]): number {
  const steps = inventories.slice(1).map((q, j) => q - (inventories[j] ?? 0));
  return steps.length === 0 ? 1 : Math.min(...steps);
}
