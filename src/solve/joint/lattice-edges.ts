import type { JointOde } from './joint-ode.ts';

/** Differences of a function on the lattice over one lot of either asset, per unit of inventory: what quotes depend on. */
export interface LatticeEdges {
  /** (m1 − 1) x m2, at s: from (i1, i2) to (i1 + 1, i2). */
  readonly first: Float64Array;
  /** m1 x (m2 − 1), at i1 (m2 − 1) + i2: from (i1, i2) to (i1, i2 + 1). */
  readonly second: Float64Array;
}

export function createEdges({ rows, columns }: JointOde): LatticeEdges {
  return { first: new Float64Array((rows - 1) * columns), second: new Float64Array(rows * (columns - 1)) };
}

export function writeEdges(
  { rows, columns, lots }: JointOde,
  values: Float64Array,
  { first, second }: LatticeEdges,
): void {
  const z1 = lots.first.size;
  const z2 = lots.second.size;
  for (let s = 0; s < first.length; s++) first[s] = (values[s + columns]! - values[s]!) / z1;
  for (let row = 0, e = 0; row < rows; row++) {
    for (let s = row * columns, end = s + columns - 1; s < end; s++, e++)
      second[e] = (values[s + 1]! - values[s]!) / z2;
  }
}
