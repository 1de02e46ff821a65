import {
  axisTitle,
  axisTitleWithin,
  type ChartFrame,
  coloursOf,
  type Quantity,
  requirePlottable,
  titleOf,
} from './axis.ts';
import { binSamples } from './bins.ts';
import type { PanelSpec } from './render-chart.ts';
import { CHART_SIZE } from './theme.ts';

/** A sample of one strategy. */
export interface NamedSample {
  readonly name: string;
  readonly values: ArrayLike<number>;
}

export interface HistogramChart extends ChartFrame {
  readonly x: Quantity;
  readonly samples: readonly NamedSample[];
  readonly bins?: number | undefined;
  /** Densities that are known without sampling, drawn as dashed lines in the colour of the sample of their name. */
  readonly exact?: readonly ExactDensity[] | undefined;
}

/** A density at ascending points. */
export interface ExactDensity {
  readonly name: string;
  readonly x: ArrayLike<number>;
  readonly density: ArrayLike<number>;
}

/**
 * Histograms of several samples over the same bins, as densities: the area under each is 1, so that samples of unequal
 * size compare. The values are binned here; only the bins reach the chart.
 * @throws RangeError where a sample is empty or holds a value that is not finite
 */
export function histogramChart(chart: HistogramChart): PanelSpec {
  const { x, samples, width = CHART_SIZE.width, height = CHART_SIZE.height } = chart;
  for (const { name, values } of samples) requirePlottable(`histogram of ${name}`, Array.from(values));
  const names = samples.map(({ name }) => name);
  const { edges, densities } = binSamples(
    samples.map(({ values }) => values),
    chart.bins,
  );
  const values = densities.flatMap((density, s) =>
    // The outline ends at the last edge, where it comes back to 0.
    edges.map((edge, bin) => ({ series: names[s], x: edge, density: density[bin] ?? 0 })),
  );
  const scale = { domain: names, range: coloursOf(chart, names) };
  const encoding = {
    x: { field: 'x', type: 'quantitative', title: axisTitle(x), scale: { zero: false }, axis: { tickCount: 7 } },
    y: {
      field: 'density',
      type: 'quantitative',
      stack: null,
      title: axisTitleWithin({ label: 'density', unit: x.unit && `1 / ${unitInDenominator(x.unit)}` }, height),
    },
    color: { field: 'series', type: 'nominal', scale, sort: null, title: null },
  } as const;
  const bars = {
    data: { values },
    mark: { type: 'area', interpolate: 'step-after', fillOpacity: 0.25, line: { strokeWidth: 1.5 } },
    encoding,
  } as const;
  const curves = (chart.exact ?? []).flatMap(({ name, x: at, density }) =>
    Array.from(at, (value, i) => ({ series: name, x: value, density: density[i] })),
  );
  const frame = { ...titleOf(chart), width, height };
  if (curves.length === 0) return { ...frame, ...bars };
  const line = { type: 'line' as const, strokeWidth: 2, strokeDash: [5, 4] };
  return { ...frame, layer: [bars, { data: { values: curves }, mark: line, encoding }] };
}

function unitInDenominator(unit: string): string {
  return /[ ×·/]/.test(unit) ? `(${unit})` : unit;
}
