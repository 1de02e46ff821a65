import { Z_95 } from '../../aggregate/confidence-interval.ts';
import type { CellRow, RunTables } from '../read/run-tables.ts';
import type { Quantity } from './axis.ts';
import { type EstimatePoint, errorBarChart } from './error-bar-chart.ts';
import { MOST_PANELS, panelGrid } from './panels.ts';
import { pathsText } from './paths-text.ts';
import type { Picture } from './pictures.ts';
import { CVAR, DIFFERENCE, MEAN_PNL, STD_PNL } from './quantities.ts';
import type { ChartSpec } from './render-chart.ts';
import { layoutSweep } from './sweep-points.ts';
import { sweptQuantity } from './swept-quantity.ts';

/** An estimate in one scenario of the sweep. */
interface SweepEstimate {
  readonly cell: CellRow;
  readonly series: string;
  readonly y: number;
  readonly low: number;
  readonly high: number;
}

interface SweepChart {
  readonly name: Picture;
  readonly title: string;
  readonly y: Quantity;
  readonly points: readonly SweepEstimate[];
  readonly marksZero?: boolean;
}

/** The charts of a sweep along its longest axis, each with what it shows. @throws RangeError where nothing can be drawn */
export function sweepLines(tables: RunTables): { readonly name: Picture; readonly spec: ChartSpec }[] {
  const done = tables.cells.flatMap((cell) => (cell.summary === undefined ? [] : [{ cell, summary: cell.summary }]));
  const estimates = (value: 'std' | 'cvar95', se: 'std_se' | 'cvar95_se') =>
    done.map(({ cell, summary }) => ({
      cell,
      series: cell.strategy,
      y: summary[value],
      low: summary[value] - Z_95 * summary[se],
      high: summary[value] + Z_95 * summary[se],
    }));
  const means = done.map(({ cell, summary: { mean, mean_ci_low, mean_ci_high } }) => ({
    cell,
    series: cell.strategy,
    y: mean,
    low: mean_ci_low,
    high: mean_ci_high,
  }));
  const charts: SweepChart[] = [
    { name: 'sweep_mean', title: 'Mean PnL over the sweep', y: MEAN_PNL, points: means },
    { name: 'sweep_std', title: 'Risk over the sweep', y: STD_PNL, points: estimates('std', 'std_se') },
    { name: 'sweep_cvar', title: 'Tail risk over the sweep', y: CVAR, points: estimates('cvar95', 'cvar95_se') },
  ];
  const differences = differencesFromFirst(tables);
  if (differences.length > 0) {
    charts.push({
      name: 'sweep_difference',
      title: `Mean PnL less that of ${tables.cells[0]?.strategy}, paired`,
      y: DIFFERENCE,
      points: differences,
      marksZero: true,
    });
  }
  return charts.map((chart) => ({ name: chart.name, spec: sweepChart(tables, chart) }));
}

/** Each strategy against the first one of the config. */
function differencesFromFirst({ cells, comparisons }: RunTables): SweepEstimate[] {
  const first = cells[0]?.strategy;
  return comparisons
    .filter(({ baseline }) => baseline === first)
    .flatMap(({ scenario, strategy, mean_difference, ci_low, ci_high }) => {
      const cell = cells.find((row) => row.scenario === scenario && row.strategy === strategy);
      return cell === undefined ? [] : [{ cell, series: strategy, y: mean_difference, low: ci_low, high: ci_high }];
    });
}

function sweepChart(tables: RunTables, { title, y, points: estimates, marksZero }: SweepChart): ChartSpec {
  const layout = layoutSweep(tables.cells, tables.sweptPaths);
  const shown = layout.panels.slice(0, MOST_PANELS);
  const panels = shown.flatMap(({ title: panel, scenarios }) => {
    const points = estimates
      .filter(({ cell }) => scenarios.has(cell.scenario))
      .map(({ cell, series, y: value, low, high }): EstimatePoint => {
        const x = cell.point[layout.path] ?? '';
        return { series, x: layout.continuous ? Number(x) : x, y: value, low, high };
      });
    if (points.length === 0) return [];
    return [
      errorBarChart({
        ...(panel.length === 0 ? {} : { title: panel, isPanel: true }),
        x: sweptQuantity(layout.path),
        y,
        points,
        joined: layout.isJoined,
        marksZero,
        logX: layout.logarithmic,
        company: tables.cells.map(({ strategy }) => strategy),
        width: shown.length === 1 ? 520 : 300,
        height: shown.length === 1 ? 320 : 220,
      }),
    ];
  });
  const done = tables.cells.flatMap(({ summary }) => (summary === undefined ? [] : [{ summary }]));
  const left =
    layout.panels.length > shown.length ? `; the first ${shown.length} of ${layout.panels.length} panels` : '';
  const others = tables.sweptPaths.filter((path) => path !== layout.path);
  const varied = layout.isJoined ? '' : `; also varied: ${others.join(', ')}`;
  return panelGrid(
    { title, subtitle: `bars: 95 % intervals; ${pathsText(done, tables.cells.length - done.length)}${left}${varied}` },
    panels,
  );
}
