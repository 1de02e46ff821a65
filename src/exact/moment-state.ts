/** Orders of the PnL moments that are carried: 0 … 4. */
export const ORDERS = 5;
/** Vectors over the inventories: p, four PnL moments, two moments of the number of fills. */
export const VECTORS = ORDERS + 2;

/** Binomial coefficients, row n. */
export const BINOMIAL: readonly (readonly number[])[] = [[1], [1, 1], [1, 2, 1], [1, 3, 3, 1], [1, 4, 6, 4, 1]];

/**
 * Moments over inventories in one vector of doubles: p, then E[(PnL − mean)ʲ; q], j = 1 … 4, then E[fills; q] and
 * E[fills²; q], each of `width`; then the scalars. Moments are about the running mean, so that nothing cancels.
 */
export const Scalar = {
  /** E[PnL] so far. */
  mean: 0,
  /** E of the spread less fees earned so far. */
  spread: 1,
  /** E∫q² dt, units² × time. */
  integralQ2: 2,
  /** Probability that has left a lattice without a bound. */
  lost: 3,
  /** ∫ (λb + λa) dt at zero inventory: what keeps a path from never leaving it. */
  leavingZero: 4,
} as const;
export const SCALARS = 5;

export function momentState(width: number, start: number): Float64Array {
  const state = new Float64Array(VECTORS * width + SCALARS);
  state[start] = 1;
  return state;
}

export function scalarAt(width: number, scalar: number): number {
  return VECTORS * width + scalar;
}

/** Sum of one of the vectors. */
export function total(state: Float64Array, width: number, vector: number): number {
  let sum = 0;
  for (let j = vector * width; j < (vector + 1) * width; j++) sum += state[j]!;
  return sum;
}

/** Moves the centre of the PnL moments to the mean, E[(X − M)ʲ] = Σ C(j, i) (−M)^(j−i) E[Xⁱ], and adds it to the mean. */
export function recentre(state: Float64Array, width: number): void {
  const shift = total(state, width, 1) / total(state, width, 0);
  const mean = scalarAt(width, Scalar.mean);
  state[mean] = state[mean]! + shift;
  for (let q = 0; q < width; q++) {
    for (let j = ORDERS - 1; j > 0; j--) {
      let sum = 0;
      for (let i = 0; i <= j; i++) sum = sum * -shift + BINOMIAL[j]![i]! * state[i * width + q]!;
      state[j * width + q] = sum;
    }
  }
}
