import type { VarianceReduction } from '../config/experiment.ts';
import type { PathColumns } from '../simulate/path-columns.ts';

/**
 * Independent samples whose mean estimates the mean PnL: the paths' PnL itself; under `control` the estimator column,
 * from which the martingales of fills and price are taken out (their mean is 0, so that the coefficient 1 is unbiased);
 * under `antithetic` the averages of the pairs (2i, 2i + 1), since a pair counts as one sample (Glasserman, Monte Carlo
 * Methods in Financial Engineering, 2003, §4.1 and §4.2).
 * @throws RangeError where the columns lack what the reduction needs
 */
export function meanSamples(columns: PathColumns, reduction: VarianceReduction): Float64Array {
  const { pnl, meanEstimator, count } = columns;
  if (reduction === 'control') {
    if (meanEstimator === undefined) throw new RangeError('variance reduction: the estimator column is missing');
    return meanEstimator.subarray(0, count);
  }
  if (reduction === 'none') return pnl.subarray(0, count);
  if (count % 2 !== 0) throw new RangeError(`antithetic pairs: expected an even number of paths, got ${count}`);
  return Float64Array.from({ length: count / 2 }, (_, i) => (pnl[2 * i]! + pnl[2 * i + 1]!) / 2);
}
