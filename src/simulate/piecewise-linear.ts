import type { z } from 'zod';

/** Most points of a table in a config. */
export const MAX_POINTS = 10_000;

/**
 * The value at x of the line through the points (xs[i], ys[i]), xs strictly increasing; the end's value beyond the ends.
 * O(log n) by bisection; nothing is allocated.
 */
export function interpolate(x: number, xs: Float64Array, ys: Float64Array): number {
  let low = 0;
  let high = xs.length - 1;
  if (!(x > xs[low]!)) return ys[low]!;
  if (x >= xs[high]!) return ys[high]!;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (xs[middle]! <= x) low = middle;
    else high = middle;
  }
  return ys[low]! + ((x - xs[low]!) / (xs[high]! - xs[low]!)) * (ys[high]! - ys[low]!);
}

/** Reports what is wrong with the two lists of a table: xs must increase strictly, with as many ys. */
export function checkPoints<X extends string, Y extends string>(
  table: { readonly [key in X | Y]: readonly number[] },
  xs: X,
  ys: Y,
  context: z.core.$RefinementCtx,
): void {
  const abscissae = table[xs];
  if (table[ys].length !== abscissae.length) {
    const message = `as many numbers as in ${xs}, ${abscissae.length} and not ${table[ys].length}`;
    context.addIssue({ code: 'custom', path: [ys], message, input: table[ys] });
  }
  const at = abscissae.findIndex((x, i) => i > 0 && x <= abscissae[i - 1]!);
  if (at > 0) {
    const message = `a number above the one before it, ${abscissae[at - 1]}`;
    context.addIssue({ code: 'custom', path: [xs, at], message, input: abscissae[at] });
  }
}
