import type { CellDensity } from '../density-csv.ts';
import type { CellPnl, RunTables } from '../read/run-tables.ts';
import { histogramChart } from './histogram-chart.ts';
import { MOST_PANELS, panelGrid } from './panels.ts';
import { pathsText } from './paths-text.ts';
import { TERMINAL_PNL } from './quantities.ts';
import type { ChartSpec } from './render-chart.ts';
import { pointTitle } from './sweep-points.ts';

/** Share of the probability that a density may lack before the caption says so. */
const NOTABLE = 0.01;

/** The densities of terminal PnL of each strategy, a panel for each scenario. @throws RangeError where there is none */
export function pnlDistributions({ cells, sweptPaths, densities }: RunTables, pnl: readonly CellPnl[]): ChartSpec {
  const scenarios = [...new Set(pnl.map(({ scenario }) => scenario))];
  const shown = scenarios.slice(0, MOST_PANELS);
  const single = shown.length === 1;
  const panels = shown.map((scenario) => {
    const point = cells.find((cell) => cell.scenario === scenario)?.point ?? {};
    const title = pointTitle(point, sweptPaths);
    return histogramChart({
      ...(title.length === 0 ? {} : { title, isPanel: true }),
      x: TERMINAL_PNL,
      company: cells.map(({ strategy }) => strategy),
      samples: pnl
        .filter((cell) => cell.scenario === scenario)
        .map(({ strategy, values }) => ({ name: strategy, values })),
      exact: densities
        .filter((cell) => cell.scenario === scenario)
        .map(({ strategy, x, density }) => ({ name: strategy, x, density })),
      width: single ? 520 : 300,
      height: single ? 320 : 200,
    });
  });
  const done = cells.flatMap(({ summary }) => (summary === undefined ? [] : [{ summary }]));
  const exact = densities.length > 0 ? `; dashed: exact densities, without sampling${atomsText(densities)}` : '';
  const left = scenarios.length > shown.length ? `; the first ${shown.length} of ${scenarios.length} scenarios` : '';
  const subtitle = `histograms of ${pathsText(done, cells.length - done.length)}${exact}${left}`;
  return panelGrid({ title: 'Distribution of terminal PnL', subtitle }, panels);
}

/** Tells of probability outside the densities: of single values, such as 0 where nothing fills. */
function atomsText(densities: readonly CellDensity[]): string {
  const hasAtoms = densities.some(({ x, density }) => {
    const step = ((x.at(-1) ?? 0) - (x[0] ?? 0)) / (x.length - 1);
    return 1 - step * density.reduce((sum, value) => sum + value, 0) > NOTABLE;
  });
  return hasAtoms ? ' (single values, such as 0 without a fill, left out)' : '';
}
