import { axisTitle, type ChartFrame, type Quantity, requirePlottable, titleOf } from './axis.ts';
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

export interface LineChart extends ChartFrame {
  readonly x: Quantity;
  readonly y: Quantity;
  readonly series: readonly LineSeries[];
  /** What the names of the series are values of; without it there is a legend without a title. */
  readonly legend?: string | undefined;
  /** True where the series are ordered by a quantity, such as inventory: colours from dark to light. */
  readonly ordered?: boolean | undefined;
}

/**
 * Lines with bands over a quantity.
 * @throws RangeError where there is no point, or a coordinate is not finite
 */
export function lineChart(chart: LineChart): PanelSpec {
  const { series, x, y, width = CHART_SIZE.width, height = CHART_SIZE.height } = chart;
  const names = series.map(({ name }) => name);
  const points = series.flatMap(pointsOf);
  requirePlottable(
    'line chart',
    points.flatMap((point) => [point.x, point.y, point.low, point.high]),
  );
  const scale = chart.ordered
    ? { domain: names, scheme: { ...ORDERED_LINES, extent: [...ORDERED_LINES.extent] } }
    : { domain: names, range: [...strategyColours(names).values()] };
  const legend = { symbolType: 'stroke', symbolStrokeWidth: 2, symbolSize: 240, symbolOpacity: 1 } as const;
  const colour = { field: 'series', type: 'nominal', scale, sort: null, title: chart.legend ?? null, legend } as const;
  const along = {
    field: 'x',
    type: 'quantitative',
    title: axisTitle(x),
    scale: { zero: false, nice: false },
  } as const;
  const dashes = { domain: names, range: series.map(({ dashed }) => (dashed ? [5, 4] : [1, 0])) };
  const banded = series.some(({ band }) => band !== undefined);
  const band = {
    mark: { type: 'area', opacity: 0.2 },
    encoding: {
      x: along,
      y: { field: 'low', type: 'quantitative', title: axisTitle(y), scale: { zero: false } },
      y2: { field: 'high' },
      color: colour,
    },
  } as const;
  const lines = {
    mark: { type: 'line', strokeWidth: 2 },
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
    layer: banded ? [band, lines] : [lines],
  };
}

/** A series without a band has one of no width, so that all points have the same fields. */
function pointsOf({ name, x, y, band }: LineSeries) {
  const lengths = [y, band?.low ?? y, band?.high ?? y].map(({ length }) => length);
  if (lengths.some((length) => length !== x.length)) {
    throw new RangeError(`line chart: series ${name} has ${x.length} abscissas and ${lengths.join(', ')} ordinates`);
  }
  return Array.from(x, (at, i) => ({
    series: name,
    x: at,
    y: y[i] ?? Number.NaN,
    low: (band?.low ?? y)[i] ?? Number.NaN,
    high: (band?.high ?? y)[i] ?? Number.NaN,
  }));
}
