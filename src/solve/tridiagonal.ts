/**
 * Solves (I − hJ) x = h r for the Jacobian of InventoryOde: J[e][e] = −(up_e + down_e), J[e][e+1] = up_{e+1},
 * J[e][e−1] = down_{e−1} with up, down >= 0. I − hJ is diagonally dominant by columns for every h, so Gaussian elimination without
 * pivoting (the Thomas algorithm) is stable.
 */
export class TridiagonalSolver {
  private readonly size: number;
  /** Reciprocal pivots, multipliers of the row above, and superdiagonal over the pivot. */
  private readonly inverse: Float64Array;
  private readonly lower: Float64Array;
  private readonly upper: Float64Array;
  private readonly solution: Float64Array;

  constructor(size: number) {
    this.size = size;
    this.inverse = new Float64Array(size);
    this.lower = new Float64Array(size);
    this.upper = new Float64Array(size);
    this.solution = new Float64Array(size);
  }

  /**
   * With pivot p_e = s_e + h down_e the elimination reads s_e = 1 + h up_e s_{e−1}/p_{e−1}: sums of positive terms
   * only, so that nothing cancels however large h up and h down are.
   */
  factor(h: number, up: Float64Array, down: Float64Array): void {
    const { size, inverse, lower, upper } = this;
    let ratio = 1;
    for (let e = 0; e < size; e++) {
      const remainder = 1 + h * up[e]! * ratio;
      const pivot = remainder + h * down[e]!;
      ratio = remainder / pivot;
      inverse[e] = 1 / pivot;
      lower[e] = e > 0 ? -h * down[e - 1]! : 0;
      upper[e] = e + 1 < size ? (-h * up[e + 1]!) / pivot : 0;
    }
  }

  /** x for the right-hand side h r; the array is reused by the next call. */
  solve(h: number, r: Float64Array): Float64Array {
    const { size, inverse, lower, upper, solution } = this;
    let last = 0;
    for (let e = 0; e < size; e++) {
      last = (h * r[e]! - lower[e]! * last) * inverse[e]!;
      solution[e] = last;
    }
    for (let e = size - 2; e >= 0; e--) {
      last = solution[e]! - upper[e]! * last;
      solution[e] = last;
    }
    return solution;
  }
}
