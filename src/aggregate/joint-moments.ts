import { compensatedSum } from './compensated-sum.ts';
import { type Moments, mergeMoments } from './moments.ts';

/** Moments of two columns and (1/n) Σ (x − mean x)(y − mean y), divided by both scales. */
export interface JointMoments {
  readonly x: Moments;
  readonly y: Moments;
  readonly covariance: number;
}

/** Joint moments of two columns of one length, from their own; O(n). */
export function jointMoments(columnX: Float64Array, x: Moments, columnY: Float64Array, y: Moments): JointMoments {
  const deviation = (column: Float64Array, m: Moments, i: number) => (column[i]! - m.mean) / m.scale;
  const sum = compensatedSum(x.count, (i) => deviation(columnX, x, i) * deviation(columnY, y, i));
  return { x, y, covariance: sum / x.count };
}

/** Joint moments of two pairs of columns put together, by Chan's update. */
export function mergeJointMoments(a: JointMoments, b: JointMoments): JointMoments {
  const x = mergeMoments(a.x, b.x);
  const y = mergeMoments(a.y, b.y);
  const p = a.x.count / x.count;
  const q = b.x.count / x.count;
  const rescaled = (part: JointMoments): number =>
    part.covariance * (part.x.scale / x.scale) * (part.y.scale / y.scale);
  const dx = (b.x.mean - a.x.mean) / x.scale;
  const dy = (b.y.mean - a.y.mean) / y.scale;
  // In the order of mergeMoments, so that equal columns keep a covariance equal to their variance.
  return { x, y, covariance: p * rescaled(a) + q * rescaled(b) + p * q * dx * dy };
}

/** Pearson's correlation Σ uv / √(Σ u² Σ v²); in that form exactly 1 for equal columns, NaN if one is constant. */
export function correlation({ x, y, covariance }: JointMoments): number {
  const r = covariance / Math.sqrt(x.m2 * y.m2);
  return Math.max(-1, Math.min(1, r));
}
