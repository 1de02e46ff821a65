/**
 * The smallest and the largest of any number of values, which `Math.min(...values)` is not for: arguments overflow the stack from
 * some 120,000 on. Infinity and −Infinity where there are none.
 */
export function leastAndMost(values: ArrayLike<number>): [least: number, most: number] {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return [least, most];
}
