import { leastAndMost } from '../../util/least-and-most.ts';
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
import { CHART_SIZE } from './theme.ts';

/** An estimate with the ends of its interval, at a value of x. */
export interface EstimatePoint {
  readonly series: string;
  /** A number on a continuous axis; a text is a category of its own. */
  readonly x: number | string;
  readonly y: number;
  readonly low: number;
  readonly high: number;
}

export interface ErrorBarChart extends ChartFrame {
  readonly x: Quantity;
  readonly y: Quantity;
  readonly points: readonly EstimatePoint[];
  /** Joins the points of a series; for a continuous x only. */
  readonly joined?: boolean | undefined;
  /** x on a logarithmic axis; all of it above 0. */
  readonly logX?: boolean | undefined;
  /** True where 0 is what the estimates are held against: it has a line. */
  readonly marksZero?: boolean | undefined;
}

/**
 * Estimates with intervals. Series stand side by side, in the order of their points: on a continuous axis some pixels apart.
 * @throws RangeError where there is no point, a number is not finite, or some x are numbers and others are not
 */
export function errorBarChart(chart: ErrorBarChart): PanelSpec {
  const { points, x, y, width = CHART_SIZE.width, height = CHART_SIZE.height } = chart;
  requirePlottable(
    'error bars',
    points.flatMap((point) => [point.y, point.low, point.high, ...(typeof point.x === 'number' ? [point.x] : [])]),
  );
  const continuous = points.every((point) => typeof point.x === 'number');
  if (!continuous && points.some((point) => typeof point.x === 'number')) {
    throw new RangeError('error bars: expected x to be numbers or texts throughout, got both');
  }
  const names = [...new Set(points.map(({ series }) => series))];
  const scale = { domain: names, range: coloursOf(chart, names) };
  const beside: { field: string; type: 'nominal'; sort: string[] } = { field: 'series', type: 'nominal', sort: names };
  const { scale: scaleX, axis } = spacing(
    chart.logX,
    points.flatMap((point) => (typeof point.x === 'number' ? [point.x] : [])),
  );
  const along = { scale: { ...scaleX, padding: 12 }, axis } as const;
  const shared = {
    x: continuous
      ? ({ field: 'x', type: 'quantitative', title: axisTitle(x), ...along } as const)
      : ({ field: 'x', type: 'nominal', title: axisTitle(x), sort: null, axis: { labelAngle: 0 } } as const),
    color: { field: 'series', type: 'nominal', scale, sort: null, title: null },
    ...(continuous ? {} : { xOffset: beside }),
  } as const;
  const ordinate = {
    field: 'y',
    type: 'quantitative',
    title: axisTitleWithin(y, height),
    scale: { zero: false, ...roomAround(points.flatMap(({ low, high }) => [low, high])) },
  } as const;
  const bars = {
    mark: { type: 'rule', strokeWidth: 1.5 },
    encoding: { ...shared, y: { ...ordinate, field: 'low' }, y2: { field: 'high' } },
  } as const;
  const dots = {
    mark: { type: 'point', filled: true, size: 55, opacity: 1 },
    encoding: { ...shared, y: ordinate },
  } as const;
  const lines = { mark: { type: 'line', strokeWidth: 1.5 }, encoding: { ...shared, y: ordinate } } as const;
  const zero = {
    data: { values: [{ y: 0 }] },
    mark: { type: 'rule', color: '#888888' },
    encoding: { y: ordinate },
  } as const;
  return {
    ...titleOf(chart),
    width,
    height,
    data: { values: continuous ? apart(points, names, chart.logX === true) : [...points] },
    layer: [...(chart.marksZero ? [zero] : []), ...(chart.joined && continuous ? [lines] : []), bars, dots],
  };
}

/** Shares of the axis by which neighbouring series stand apart, lest their bars hide each other. */
const SHIFT = 0.008;

function apart(points: readonly EstimatePoint[], names: readonly string[], logarithmic: boolean): EstimatePoint[] {
  const place = (x: number): number => (logarithmic ? Math.log(x) : x);
  const places = points.flatMap(({ x }) => (typeof x === 'number' ? [place(x)] : []));
  const [least, most] = leastAndMost(places);
  const width = most - least;
  return points.map((point) => {
    if (typeof point.x !== 'number') return point;
    const shift = SHIFT * width * (names.indexOf(point.series) - (names.length - 1) / 2);
    return { ...point, x: logarithmic ? point.x * Math.exp(shift) : point.x + shift };
  });
}
