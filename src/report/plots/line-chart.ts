import {
  axisTitle,
  axisTitleWithin,
  type ChartFrame,
  coloursOf,
  type Quantity,
  requirePlottable,
  roomAround,
  spacing,
  titleOf,
} from './axis.ts';
import type { PanelSpec } from './render-chart.ts';
import { CHART_SIZE, ORDERED_LINES } from './theme.ts';

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
  /** Colours of the series, where they are not strategies. */
  readonly colours?: readonly string[] | undefined;
  /** True where the series are ordered by a quantity, such as inventory: colours from dark to light. */
  readonly ordered?: boolean | undefined;
  /** A quantity that jumps at its points and stays until the next one. */
  readonly steps?: boolean | undefined;
  /** Least distance of ticks of y. */
  readonly tickStep?: number | undefined;
  /** x on a logarithmic axis; all of it above 0. */
  readonly logX?: boolean | undefined;
  /** True where another panel beside it tells the colours. */
  readonly withoutLegend?: boolean | undefined;
}

/** Lines from which a chart is crowded. */
const MANY = 4;

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
    : { domain: names, range: [...(chart.colours ?? coloursOf(chart, names))] };
  const symbols = { symbolType: 'stroke', symbolStrokeWidth: 2, symbolSize: 240, symbolOpacity: 1 } as const;
  const legend = chart.withoutLegend ? null : symbols;
  const colour = { field: 'series', type: 'nominal', scale, sort: null, title: chart.legend ?? null, legend } as const;
  const scaleX = spacing(
    chart.logX,
    points.map((point) => point.x),
  );
  const along = {
    field: 'x',
    type: 'quantitative',
    title: axisTitle(x),
    scale: { ...scaleX.scale, nice: false },
    axis: scaleX.axis,
  } as const;
  const interpolate = chart.steps ? 'step-after' : 'linear';
  const dashes = { domain: names, range: series.map(({ dashed }) => (dashed ? [5, 4] : [1, 0])) };
  const up = {
    type: 'quantitative',
    title: axisTitleWithin(y, height),
    scale: {
      zero: false,
      ...roomAround([...points.map((point) => point.y), ...bands.flatMap(({ low, high }) => [low, high])]),
    },
    axis: chart.tickStep === undefined ? {} : { tickMinStep: chart.tickStep },
  } as const;
  const band = {
    data: { values: bands },
    // Many bands one over another would hide all lines.
    mark: { type: 'area', opacity: names.length > MANY ? 0.05 : 0.16, interpolate },
    encoding: {
      x: along,
      y: { field: 'low', ...up },
      y2: { field: 'high' },
      color: colour,
    },
  } as const;
  const edge = (field: 'low' | 'high') => ({
    data: { values: bands },
    mark: { type: 'line' as const, strokeWidth: 0.8, opacity: 0.7, interpolate } as const,
    encoding: { x: along, y: { ...up, field }, color: colour },
  });
  const lines = {
    mark: { type: 'line', strokeWidth: names.length > MANY ? 1.4 : 2, interpolate },
    encoding: {
      x: along,
      y: { field: 'y', ...up },
      color: colour,
      ...(series.some(({ dashed }) => dashed) ? { strokeDash: { ...colour, scale: dashes } } : {}),
    },
  } as const;
  return {
    ...titleOf(chart),
    width,
    height,
    data: { values: points },
    layer: bands.length > 0 ? [band, edge('low'), edge('high'), lines] : [lines],
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

/** Dashes the series that lie on an earlier one, so that both show. */
export function dashCoincident(series: readonly LineSeries[]): LineSeries[] {
  return series.map((one, i) => {
    const hidden = series.slice(0, i).some(({ x, y }) => sameNumbers(x, one.x) && sameNumbers(y, one.y));
    return hidden ? { ...one, dashed: true } : one;
  });
}

export function sameNumbers(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  return a.length === b.length && Array.from(a).every((value, i) => value === b[i]);
}
