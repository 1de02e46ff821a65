import { axisTitle, type ChartFrame, type Quantity, requirePlottable, spacing, titleOf } from './axis.ts';
import type { PanelSpec } from './render-chart.ts';
import { CHART_SIZE, ORDERED_LINES, strategyColours } from './theme.ts';

/** One line; all arrays have its number of points. */
export interface LineSeries {
  readonly name: string;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  /** Edges of a band around the line, such as a 95 % interval. */
  readonly band?: { readonly low: ArrayLike<number>; readonly high: ArrayLike<number> } | undefined;
  readonly dashed?: boolean | undefined;
}

/** A band that has points of its own; all arrays have its number of points. */
export interface Band {
  readonly name: string;
  readonly x: ArrayLike<number>;
  readonly low: ArrayLike<number>;
  readonly high: ArrayLike<number>;
}

export interface LineChart extends ChartFrame {
  readonly x: Quantity;
  readonly y: Quantity;
  readonly series: readonly LineSeries[];
  /** Bands of the series of their names, at abscissas of their own. */
  readonly bands?: readonly Band[] | undefined;
  /** What the names of the series are values of; without it there is a legend without a title. */
  readonly legend?: string | undefined;
  /** True where the series are ordered by a quantity, such as inventory: colours from dark to light. */
  readonly ordered?: boolean | undefined;
  /** A quantity that jumps at its points and stays until the next one. */
  readonly steps?: boolean | undefined;
  /** x on a logarithmic axis; all of it above 0. */
  readonly logX?: boolean | undefined;
  /** True where another panel beside it tells the colours. */
  readonly withoutLegend?: boolean | undefined;
}

/**
 * Lines with bands over a quantity.
 * @throws RangeError where there is no point, or a coordinate is not finite
 */
export function lineChart(chart: LineChart): PanelSpec {
  const { series, x, y, width = CHART_SIZE.width, height = CHART_SIZE.height } = chart;
  const names = series.map(({ name }) => name);
  const points = series.flatMap(pointsOf);
  const own = series.flatMap(({ name, x, band }) => (band === undefined ? [] : [{ name, x, ...band }]));
  const bands = [...own, ...(chart.bands ?? [])].flatMap(bandPointsOf);
  requirePlottable('line chart', [
    ...points.flatMap(({ x, y }) => [x, y]),
    ...bands.flatMap(({ x, low, high }) => [x, low, high]),
  ]);
  const scale = chart.ordered
    ? { domain: names, scheme: { ...ORDERED_LINES, extent: [...ORDERED_LINES.extent] } }
    : { domain: names, range: [...strategyColours(names).values()] };
  const symbols = { symbolType: 'stroke', symbolStrokeWidth: 2, symbolSize: 240, symbolOpacity: 1 } as const;
  const legend = chart.withoutLegend ? null : symbols;
  const colour = { field: 'series', type: 'nominal', scale, sort: null, title: chart.legend ?? null, legend } as const;
  const along = {
    field: 'x',
    type: 'quantitative',
    title: axisTitle(x),
    scale: { ...spacing(chart.logX).scale, nice: false },
    axis: spacing(chart.logX).axis,
  } as const;
  const interpolate = chart.steps ? 'step-after' : 'linear';
  const dashes = { domain: names, range: series.map(({ dashed }) => (dashed ? [5, 4] : [1, 0])) };
  const band = {
    data: { values: bands },
    mark: { type: 'area', opacity: 0.2, interpolate },
    encoding: {
      x: along,
      y: { field: 'low', type: 'quantitative', title: axisTitle(y), scale: { zero: false } },
      y2: { field: 'high' },
      color: colour,
    },
  } as const;
  const lines = {
    mark: { type: 'line', strokeWidth: 2, interpolate },
    encoding: {
      x: along,
      y: { field: 'y', type: 'quantitative', title: axisTitle(y), scale: { zero: false } },
      color: colour,
      ...(series.some(({ dashed }) => dashed) ? { strokeDash: { ...colour, scale: dashes } } : {}),
    },
  } as const;
  return {
    ...titleOf(chart),
    width,
    height,
    data: { values: points },
    layer: bands.length > 0 ? [band, lines] : [lines],
  };
}

function pointsOf({ name, x, y }: LineSeries) {
  requireLength(name, x, y);
  return Array.from(x, (at, i) => ({ series: name, x: at, y: y[i] ?? Number.NaN }));
}

function bandPointsOf({ name, x, low, high }: Band) {
  requireLength(name, x, low);
  requireLength(name, x, high);
  return Array.from(x, (at, i) => ({ series: name, x: at, low: low[i] ?? Number.NaN, high: high[i] ?? Number.NaN }));
}

function requireLength(name: string, x: ArrayLike<number>, y: ArrayLike<number>): void {
  if (x.length === y.length) return;
  throw new RangeError(`line chart: series ${name} has ${x.length} abscissas and ${y.length} ordinates`);
}
