import { formatCount } from '../../util/format.ts';
import type { CellPnl, RunTables } from '../read/run-tables.ts';
import { histogramChart } from './histogram-chart.ts';
import { MOST_PANELS, panelGrid } from './panels.ts';
import { TERMINAL_PNL } from './quantities.ts';
import type { ChartSpec } from './render-chart.ts';
import { shortValue } from './sweep-points.ts';

/** The densities of terminal PnL of each strategy, a panel for each scenario. @throws RangeError where there is none */
export function pnlDistributions({ cells, sweptPaths, densities }: RunTables, pnl: readonly CellPnl[]): ChartSpec {
  const scenarios = [...new Set(pnl.map(({ scenario }) => scenario))];
  const shown = scenarios.slice(0, MOST_PANELS);
  const single = shown.length === 1;
  const panels = shown.map((scenario) => {
    const point = cells.find((cell) => cell.scenario === scenario)?.point ?? {};
    const title = sweptPaths.map((path) => `${path} = ${shortValue(point[path] ?? '')}`).join(', ');
    return histogramChart({
      ...(title === '' ? {} : { title, isPanel: true }),
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
  const most = Math.max(...pnl.map(({ values }) => values.length));
  const exact = densities.length > 0 ? '; dashed: exact densities, without sampling' : '';
  const left = scenarios.length > shown.length ? `; the first ${shown.length} of ${scenarios.length} scenarios` : '';
  const subtitle = `histograms of ${formatCount(most)} paths a strategy${exact}${left}`;
  return panelGrid({ title: 'Distribution of terminal PnL', subtitle }, panels);
}
