/** Pivots below this are rounding of 0. */
const TOLERANCE = 1e-12;

/**
 * The lower-triangular L with L Lᵀ = C of a correlation matrix C (d x d, symmetric, ones on the diagonal), row i having i + 1
 * entries; singular matrices, such as that of correlation 1, included (Golub & Van Loan, Matrix Computations, 4.2.8). O(d³).
 * @returns undefined where C is not positive semi-definite
 */
export function choleskyFactor(C: readonly (readonly number[])[]): number[][] | undefined {
  const L: number[][] = [];
  for (let i = 0; i < C.length; i++) {
    const row: number[] = [];
    for (let j = 0; j < i; j++) {
      const rest = C[i]![j]! - dot(row, L[j]!, j);
      const pivot = L[j]![j]!;
      // |C_ij less what the columns before explain| <= √(pivots' product), by Cauchy & Schwarz.
      if (pivot === 0 && Math.abs(rest) > Math.sqrt(TOLERANCE)) return undefined;
      row.push(pivot === 0 ? 0 : rest / pivot);
    }
    const square = C[i]![i]! - dot(row, row, i);
    if (square < -TOLERANCE) return undefined;
    row.push(square <= TOLERANCE ? 0 : Math.sqrt(square));
    L.push(row);
  }
  return L;
}

function dot(a: readonly number[], b: readonly number[], length: number): number {
  let sum = 0;
  for (let i = 0; i < length; i++) sum += a[i]! * b[i]!;
  return sum;
}
