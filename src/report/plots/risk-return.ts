import { Z_95 } from '../../aggregate/confidence-interval.ts';
import { axisTitle, coloursOf, type Quantity, requirePlottable, roomAround } from './axis.ts';
import { pathsText } from './paths-text.ts';
import { CVAR, MEAN_PNL, STD_PNL } from './quantities.ts';
import type { ChartSpec, PanelSpec } from './render-chart.ts';
import { besideEachOther } from './side-by-side.ts';
import type { NamedSummary } from './statistics-rows.ts';

/**
 * Mean PnL over risk: over the standard deviation, and over CVaR, each point with its 95 % intervals.
 * @param cells one for each strategy and scenario
 * @param company all strategies of the run
 * @param failed cells that have no figures
 * @throws RangeError where there is none
 */
export function riskReturnChart(
  cells: readonly NamedSummary[],
  scenarios: number,
  company: readonly string[],
  failed = 0,
): ChartSpec {
  const many = scenarios > 1 ? `; a point for each of ${scenarios} scenarios` : '';
  return besideEachOther(
    {
      title: 'Risk and return',
      subtitle: `bars: 95 % intervals; ${pathsText(cells, failed)}${many}`,
    },
    [panel(cells, STD_PNL, 'std', company), panel(cells, CVAR, 'cvar95', company)],
  );
}

/** Points from which their intervals are pale, lest these hide the points. */
const CROWD = 40;

function panel(
  cells: readonly NamedSummary[],
  x: Quantity,
  value: 'std' | 'cvar95',
  company: readonly string[],
): PanelSpec {
  const names = [...new Set(cells.map(({ strategy }) => strategy))];
  const se = value === 'std' ? 'std_se' : 'cvar95_se';
  const points = cells.map(({ strategy, summary }) => ({
    strategy,
    x: summary[value],
    xLow: summary[value] - Z_95 * summary[se],
    xHigh: summary[value] + Z_95 * summary[se],
    y: summary.mean,
    yLow: summary.mean_ci_low,
    yHigh: summary.mean_ci_high,
  }));
  requirePlottable(
    'risk and return',
    points.flatMap((point) => [point.x, point.xLow, point.xHigh, point.y, point.yLow, point.yHigh]),
  );
  const along = {
    type: 'quantitative',
    title: axisTitle(x),
    scale: { zero: false, padding: 14, ...roomAround(points.flatMap(({ xLow, xHigh }) => [xLow, xHigh])) },
    axis: { tickCount: 6 },
  } as const;
  const up = {
    type: 'quantitative',
    title: axisTitle(MEAN_PNL),
    scale: { zero: false, padding: 14, ...roomAround(points.flatMap(({ yLow, yHigh }) => [yLow, yHigh])) },
  } as const;
  const color = {
    field: 'strategy',
    type: 'nominal',
    sort: null,
    title: null,
    scale: { domain: names, range: coloursOf({ company }, names) },
    legend: value === 'std' ? null : { symbolOpacity: 1 },
  } as const;
  const isCrowded = points.length > CROWD;
  const rule = { type: 'rule', strokeWidth: isCrowded ? 1 : 1.5, opacity: isCrowded ? 0.3 : 1 } as const;
  return {
    width: 400,
    height: 320,
    data: { values: points },
    layer: [
      {
        mark: rule,
        encoding: { x: { field: 'xLow', ...along }, x2: { field: 'xHigh' }, y: { field: 'y', ...up }, color },
      },
      {
        mark: rule,
        encoding: { x: { field: 'x', ...along }, y: { field: 'yLow', ...up }, y2: { field: 'yHigh' }, color },
      },
      {
        mark: { type: 'point', filled: true, size: isCrowded ? 20 : 55, opacity: 1 },
        encoding: { x: { field: 'x', ...along }, y: { field: 'y', ...up }, color },
      },
    ],
  };
}
