/** Quantile of the standard normal law at 0.975: half the width of a 95 % interval in standard errors. */
export const Z_95 = 1.959963984540054;

/** Share of the probability left out on each side of a 95 % interval. */
export const TAIL_95 = 0.025;

/** estimate ± 1.96 standard errors: the normal 95 % interval. */
export function interval95(estimate: number, standardError: number): { low: number; high: number } {
  return { low: estimate - Z_95 * standardError, high: estimate + Z_95 * standardError };
}
