/**
 * Generator J of a walk on m1 x m2 states, s = i1 m2 + i2: its rates from each state to its neighbours, 0 where there is none.
 */
export interface LatticeWalk {
  readonly rows: number;
  readonly columns: number;
  /** To i1 + 1 and i1 − 1. */
  readonly up1: Float64Array;
  readonly down1: Float64Array;
  /** To i2 + 1 and i2 − 1. */
  readonly up2: Float64Array;
  readonly down2: Float64Array;
}

export function createWalk(rows: number, columns: number): LatticeWalk {
  const vector = () => new Float64Array(rows * columns);
  return { rows, columns, up1: vector(), down1: vector(), up2: vector(), down2: vector() };
}

export function copyWalk(from: LatticeWalk, to: LatticeWalk): void {
  to.up1.set(from.up1);
  to.down1.set(from.down1);
  to.up2.set(from.up2);
  to.down2.set(from.down2);
}

/** out = J x; only the first m1 m2 elements of x and out count. */
export function applyWalk(
  { rows, columns, up1, down1, up2, down2 }: LatticeWalk,
  x: Float64Array,
  out: Float64Array,
): void {
  const states = rows * columns;
  for (let s = 0; s < states; s++) {
    const here = x[s]!;
    let sum = 0;
    if (s + columns < states) sum += up1[s]! * (x[s + columns]! - here);
    if (s >= columns) sum += down1[s]! * (x[s - columns]! - here);
    // The rates across the ends of a row are 0.
    if (s + 1 < states) sum += up2[s]! * (x[s + 1]! - here);
    if (s >= 1) sum += down2[s]! * (x[s - 1]! - here);
    out[s] = sum;
  }
}

/**
 * Solves (I − hJ1)(I − hJ2) x = r, J = J1 + J2 being the parts of the generator along either axis: tridiagonal systems, so that a
 * step costs a multiple of the number of states.
 */
export class SplitWalkSolver {
  private readonly first: AxisSolver;
  private readonly second: AxisSolver;

  constructor(rows: number, columns: number) {
    this.first = new AxisSolver(rows * columns, columns);
    this.second = new AxisSolver(rows * columns, 1);
  }

  factor(h: number, walk: LatticeWalk): void {
    this.first.factor(h, walk.up1, walk.down1);
    this.second.factor(h, walk.up2, walk.down2);
  }

  /** Overwrites r by x. */
  solve(r: Float64Array): void {
    this.first.solve(r);
    this.second.solve(r);
  }
}

/**
 * (I − hJ) x = r for a walk along one axis, neighbours being `stride` apart. The matrix has rows that sum to 1 and no positive
 * entry beside the diagonal, so elimination needs no pivoting, and the pivots come from the row sums (Grassmann, Taksar & Heyman
 * 1985): sums of positive terms only, so that nothing cancels however large hJ is.
 */
class AxisSolver {
  private readonly states: number;
  private readonly stride: number;
  private readonly rowSum: Float64Array;
  private readonly inverse: Float64Array;
  private readonly multiplier: Float64Array;
  private readonly upper: Float64Array;

  constructor(states: number, stride: number) {
    this.states = states;
    this.stride = stride;
    this.rowSum = new Float64Array(states);
    this.inverse = new Float64Array(states);
    this.multiplier = new Float64Array(states);
    this.upper = new Float64Array(states);
  }

  factor(h: number, up: Float64Array, down: Float64Array): void {
    const { states, stride, rowSum, inverse, multiplier, upper } = this;
    for (let s = 0; s < states; s++) {
      const m = s < stride ? 0 : h * down[s]! * inverse[s - stride]!;
      multiplier[s] = m;
      rowSum[s] = s < stride ? 1 : 1 + m * rowSum[s - stride]!;
      const next = h * up[s]!;
      inverse[s] = 1 / (rowSum[s]! + next);
      upper[s] = next * inverse[s]!;
    }
  }

  solve(r: Float64Array): void {
    const { states, stride, inverse, multiplier, upper } = this;
    for (let s = stride; s < states; s++) r[s]! += multiplier[s]! * r[s - stride]!;
    for (let s = states - 1; s >= 0; s--) {
      r[s] = r[s]! * inverse[s]! + (s + stride < states ? upper[s]! * r[s + stride]! : 0);
    }
  }
}
