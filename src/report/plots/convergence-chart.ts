import { Z_95 } from '../../aggregate/confidence-interval.ts';
import { RunningMean } from '../../aggregate/running-mean.ts';
import { formatCount } from '../../util/format.ts';
import type { NamedSample } from './histogram-chart.ts';
import { dashCoincident, lineChart } from './line-chart.ts';
import { MEAN_PNL } from './quantities.ts';
import type { PanelSpec } from './render-chart.ts';

/** Paths from which the estimate is shown, and points of each line. */
const FIRST = 10;
const POINTS = 120;

/**
 * The mean of PnL over the first n paths with its 95 % interval, n growing: how far the estimate has settled.
 * @param company all strategies of the run
 * @throws RangeError where a sample has fewer than 10 paths
 */
export function convergenceChart(samples: readonly NamedSample[], company: readonly string[]): PanelSpec {
  const most = Math.max(...samples.map(({ values }) => values.length));
  return lineChart({
    title: 'Convergence of the mean',
    subtitle: `bands: 95 % intervals; up to ${formatCount(most)} paths a strategy`,
    x: { label: 'paths' },
    y: MEAN_PNL,
    logX: true,
    company,
    series: dashCoincident(samples.map(({ name, values }) => ({ name, ...runningMean(name, values) }))),
  });
}

/** The mean over the first n values and its 95 % interval, at growing n. @throws RangeError below 10 values */
export function runningMean(name: string, sample: ArrayLike<number>) {
  const values = Float64Array.from(sample);
  const n = values.length;
  if (n < FIRST) throw new RangeError(`convergence of ${name}: expected at least ${FIRST} paths, got ${n}`);
  const growth = n / FIRST;
  const x = [...new Set(Array.from({ length: POINTS }, (_, i) => Math.round(FIRST * growth ** (i / (POINTS - 1)))))];
  const running = new RunningMean();
  const estimates = x.map((count) => {
    running.add(values, running.count, count);
    const half = Z_95 * running.standardError;
    return { mean: running.mean, low: running.mean - half, high: running.mean + half };
  });
  const band = { low: estimates.map(({ low }) => low), high: estimates.map(({ high }) => high) };
  return { x, y: estimates.map(({ mean }) => mean), band };
}
