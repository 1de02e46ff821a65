/**
 * Holm's adjusted p-values (A simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6(2), 1979),
 * in the given order: with p(1) <= … <= p(m), the largest of min(1, (m − j + 1) p(j)) over j <= i. The probability that any true
 * hypothesis has one of at most α is at most α, whatever hangs together with what. A NaN, which says nothing, counts as 1.
 */
export function holm(pValues: readonly number[]): number[] {
  const m = pValues.length;
  const values = pValues.map((p) => (Number.isNaN(p) ? 1 : p));
  const order = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]!);
  const adjusted = new Array<number>(m);
  let largest = 0;
  for (const [rank, i] of order.entries()) {
    largest = Math.max(largest, Math.min(1, (m - rank) * values[i]!));
    adjusted[i] = largest;
  }
  return adjusted;
}
