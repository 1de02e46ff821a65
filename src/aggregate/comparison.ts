import { checkSample } from './checked-statistics.ts';
import { interval95 } from './confidence-interval.ts';
import { correlation, type JointMoments, jointMoments, mergeJointMoments } from './joint-moments.ts';
import { centralMoments, type Moments, mergeMoments, standardErrorOfMean } from './moments.ts';
import { studentTail } from './student-law.ts';

export type Verdict = 'better' | 'worse' | 'inconclusive';

/** What one strategy's PnL is above another's on the same paths, in the config's units. */
export interface Comparison {
  /** Mean of strategy − baseline. */
  readonly mean_difference: number;
  /** Its standard error, from the differences path by path; NaN for one path. */
  readonly se: number;
  /** Student's 95 % interval of the paired differences. */
  readonly ci_low: number;
  readonly ci_high: number;
  /** Pearson's correlation of the two columns; NaN if one of them is constant. */
  readonly correlation: number;
  /** `better` or `worse` where the interval excludes 0. */
  readonly verdict: Verdict;
}

/** A comparison with what a correction for many of them needs. */
export interface TestedComparison extends Comparison {
  /** Of the paired t test that the difference is 0, two-sided; NaN for one path. */
  readonly p_value: number;
}

/** One strategy's share in a comparison: a checked PnL column, its moments, and the samples that its mean is estimated from. */
export interface ComparedColumns {
  readonly pnl: Float64Array;
  readonly moments: Moments;
  /** See meanSamples; the PnL column itself without variance reduction. */
  readonly samples: Float64Array;
}

/** What a chunk of two strategies' paths tells of their difference; merges chunk by chunk. */
export interface PairMoments {
  /** Of strategy − baseline, in the samples that means are estimated from. */
  readonly difference: Moments;
  /** Of their PnL, the strategy's and the baseline's. */
  readonly joint: JointMoments;
}

/** The moments of one chunk; O(n). @throws RangeError if the columns differ in length */
export function pairMomentsOf(strategy: ComparedColumns, baseline: ComparedColumns): PairMoments {
  const [n, m] = [strategy.pnl.length, baseline.pnl.length];
  if (n !== m) throw new RangeError(`comparison: expected columns of one length, got ${n} and ${m} paths`);
  return {
    difference: centralMoments(strategy.samples.map((x, i) => x - baseline.samples[i]!)),
    joint: jointMoments(strategy.pnl, strategy.moments, baseline.pnl, baseline.moments),
  };
}

/**
 * Paired comparison of two strategies that met the same random numbers, chunk by chunk: slot i of both columns is the same
 * path. Pairing takes out what the strategies have in common: var(x − y) = var x + var y − 2 cov(x, y) (Law, Simulation
 * Modeling and Analysis, on common random numbers).
 */
export class PairAccumulator {
  #moments: PairMoments | undefined;

  /** Adds the next chunk; O(n). @throws RangeError if the columns differ in length */
  add(strategy: ComparedColumns, baseline: ComparedColumns): void {
    this.addMoments(pairMomentsOf(strategy, baseline));
  }

  /** Adds the moments of the next chunk. */
  addMoments(chunk: PairMoments): void {
    const before = this.#moments;
    this.#moments =
      before === undefined
        ? chunk
        : {
            difference: mergeMoments(before.difference, chunk.difference),
            joint: mergeJointMoments(before.joint, chunk.joint),
          };
  }

  /** The comparison over all chunks. @throws RangeError if none was added */
  finish(): TestedComparison {
    if (this.#moments === undefined) throw new RangeError('comparison: expected at least one path');
    const { difference, joint } = this.#moments;
    const se = standardErrorOfMean(difference);
    const { low, high } = interval95(difference.mean, se, difference.count - 1);
    return {
      mean_difference: difference.mean,
      se,
      ci_low: low,
      ci_high: high,
      p_value: pairedP(difference.mean, se, difference.count),
      correlation: correlation(joint),
      verdict: verdict(low, high),
    };
  }
}

/**
 * Compares two whole columns.
 * @throws RangeError if the columns are empty, differ in length or hold a number that is not finite
 */
export function compare(strategyPnl: Float64Array, baselinePnl: Float64Array): TestedComparison {
  const columns = (pnl: Float64Array, name: string): ComparedColumns => {
    checkSample(pnl, name);
    return { pnl, moments: centralMoments(pnl), samples: pnl };
  };
  const pair = new PairAccumulator();
  pair.add(columns(strategyPnl, 'pnl of the strategy'), columns(baselinePnl, 'pnl of the baseline'));
  return pair.finish();
}

function pairedP(mean: number, se: number, count: number): number {
  if (count < 2) return Number.NaN;
  if (se === 0) return mean === 0 ? 1 : 0;
  return 2 * studentTail(Math.abs(mean / se), count - 1);
}

function verdict(low: number, high: number): Verdict {
  if (low > 0) return 'better';
  return high < 0 ? 'worse' : 'inconclusive';
}
