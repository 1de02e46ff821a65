import type { RunTables } from '../read/run-tables.ts';
import { backtestComparison } from './backtest-comparison.ts';
import { convergenceChart } from './convergence-chart.ts';
import { differencesChart } from './differences-chart.ts';
import type { NamedSample } from './histogram-chart.ts';
import { inventoryDistribution } from './inventory-distribution.ts';
import { pathsText } from './paths-text.ts';
import type { Picture } from './pictures.ts';
import { pnlDistributions } from './pnl-distributions.ts';
import type { ChartSpec } from './render-chart.ts';
import { riskReturnChart } from './risk-return.ts';
import { statisticsTable } from './statistics-table.ts';
import { sweepHeatmap } from './sweep-heatmap.ts';
import { sweepLines } from './sweep-lines.ts';

export interface RunCharts {
  readonly charts: readonly { readonly name: Picture; readonly spec: ChartSpec }[];
  /** What could not be drawn, why, and the cure; one sentence each. */
  readonly notes: readonly string[];
}

/** Paths from which a convergence has something to show. */
const FEWEST_PATHS = 20;

/** Every picture that a run's tables allow. */
export function runCharts(tables: RunTables): RunCharts {
  const { cells, comparisons, pnl } = tables;
  const charts: { name: Picture; spec: ChartSpec }[] = [];
  const notes: string[] = [];
  const done = cells.flatMap(({ strategy, summary }) => (summary === undefined ? [] : [{ strategy, summary }]));
  if (done.length === 0) return { charts, notes: ['no picture: every cell failed'] };
  const company = cells.map(({ strategy }) => strategy);
  const failed = cells.length - done.length;
  const scenarios = new Set(cells.map(({ scenario }) => scenario)).size;
  charts.push({ name: 'risk_return', spec: riskReturnChart(done, scenarios, company, failed) });
  if (scenarios === 1) {
    charts.push({ name: 'statistics_table', spec: statisticsTable(done, comparisons, company, failed) });
    if (comparisons.length > 0) {
      charts.push({ name: 'differences', spec: differencesChart(comparisons, pathsText(done, failed)) });
    }
  } else {
    charts.push(...sweepLines(tables));
    const map = sweepHeatmap(tables);
    if (map !== undefined) charts.push({ name: 'sweep_heatmap', spec: map });
  }
  if (tables.inventories.length > 0) {
    charts.push({ name: 'inventory_distribution', spec: inventoryDistribution(tables) });
  } else if (tables.profiles.length === 0) {
    notes.push(
      'no inventory over time: the folder has no inventory.csv, which runs with --plots write where its law is known without sampling (a backtest shows any)',
    );
  }
  if (pnl === undefined) {
    notes.push(
      'no PnL distribution and no convergence: the folder has no paths.csv (run with --export-paths csv to have them)',
    );
    return { charts, notes };
  }
  charts.push({ name: 'pnl_distribution', spec: pnlDistributions(tables, pnl) });
  const samples = pnl.map(({ strategy, values }) => ({ name: strategy, values }));
  if (scenarios === 1 && samples.every(({ values }) => values.length >= FEWEST_PATHS)) {
    charts.push({ name: 'convergence', spec: convergenceChart(samples, company) });
  }
  const comparison = backtestOf(tables, samples, company);
  if (comparison !== undefined) charts.push({ name: 'backtest_comparison', spec: comparison });
  return { charts, notes };
}

/** The picture of a backtest, of the first path that was recorded. */
function backtestOf(
  { recorded, profiles, densities }: RunTables,
  pnl: readonly NamedSample[],
  company: readonly string[],
): ChartSpec | undefined {
  const [first] = recorded;
  if (first === undefined || profiles.length === 0) return undefined;
  return backtestComparison({
    company,
    strategies: pnl.map(({ name }) => name),
    recorded: recorded.filter(({ path }) => path === first.path),
    profiles,
    pnl,
    densities: densities.map(({ strategy, x, density }) => ({ name: strategy, x, density })),
  });
}
