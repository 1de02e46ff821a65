import { studentQuantile } from './student-law.ts';

/** Quantile of the standard normal law at 0.975: half the width of a 95 % interval in standard errors, for many samples. */
export const Z_95 = 1.959963984540054;

/** Share of the probability left out on each side of a 95 % interval. */
export const TAIL_95 = 0.025;

/** The quantiles asked for so far: a run asks for one or two, thousands of times. */
const quantiles = new Map<string, number>();

/**
 * Half the width of the two-sided Student interval at `confidence`, in standard errors, for an error estimated from
 * `degrees` + 1 samples: 12.7 for two samples, 1.962 for 1,000, 1.960 for a million at 95 %. NaN for degrees < 1, that is one sample.
 */
export function intervalFactor(degrees: number, confidence = 0.95): number {
  if (!(degrees >= 1)) return Number.NaN;
  const key = `${degrees}/${confidence}`;
  const known = quantiles.get(key) ?? studentQuantile((1 - confidence) / 2, degrees);
  quantiles.set(key, known);
  return known;
}

/** estimate ± t standard errors: the 95 % interval of a mean of `degrees` + 1 independent samples, by Student's law. */
export function interval95(
  estimate: number,
  standardError: number,
  degrees: number,
): { readonly low: number; readonly high: number } {
  const half = intervalFactor(degrees) * standardError;
  return { low: estimate - half, high: estimate + half };
}
