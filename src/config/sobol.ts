/**
 * Primitive polynomials and initial direction numbers m_1 … m_s of dimensions 2 to 21, from new-joe-kuo-6.21201: S. Joe and
 * F. Y. Kuo, Constructing Sobol sequences with better two-dimensional projections, SIAM J. Sci. Comput. 30, 2635–2654 (2008),
 * https://web.maths.unsw.edu.au/~fkuo/sobol/. A row is the polynomial's inner coefficients a, then m; its degree s is the
 * number of m.
 */
const JOE_KUO: readonly (readonly [number, ...number[]])[] = [
  [0, 1],
  [1, 1, 3],
  [1, 1, 3, 1],
  [2, 1, 1, 1],
  [1, 1, 1, 3, 3],
  [4, 1, 3, 5, 13],
  [2, 1, 1, 5, 5, 17],
  [4, 1, 1, 5, 5, 5],
  [7, 1, 1, 7, 11, 19],
  [11, 1, 1, 5, 1, 1],
  [13, 1, 1, 1, 3, 11],
  [14, 1, 3, 5, 5, 31],
  [1, 1, 3, 3, 9, 7, 49],
  [13, 1, 1, 1, 15, 21, 21],
  [16, 1, 3, 1, 13, 27, 49],
  [19, 1, 1, 1, 15, 7, 5],
  [22, 1, 3, 1, 15, 13, 25],
  [25, 1, 1, 5, 5, 19, 61],
  [1, 1, 3, 7, 11, 23, 15, 103],
  [4, 1, 3, 7, 13, 13, 15, 69],
];

/** Dimensions that a sequence may have. */
export const SOBOL_DIMENSIONS = JOE_KUO.length + 1;

/** Bits of a coordinate. */
const BITS = 32;

/**
 * The first points of the Sobol sequence in [0, 1)^dimensions, the origin among them, in the order of the Gray code (Antonov &
 * Saleev 1979); coordinates are multiples of 2^−32.
 * @param shift 32 random bits a dimension, added without carry to every point: a digital shift keeps the nets. Absent = none.
 * @throws RangeError beyond SOBOL_DIMENSIONS
 */
export function sobolPoints(points: number, dimensions: number, shift?: Uint32Array): number[][] {
  if (dimensions > SOBOL_DIMENSIONS) {
    throw new RangeError(`Sobol sequence: expected at most ${SOBOL_DIMENSIONS} dimensions, got ${dimensions}`);
  }
  const directions = Array.from({ length: dimensions }, (_, d) => directionNumbers(d));
  const state = Uint32Array.from({ length: dimensions }, (_, d) => shift?.[d] ?? 0);
  return Array.from({ length: points }, (_, n) => {
    if (n > 0) {
      // The bit in which the Gray codes of n − 1 and n differ: that of the lowest 1 of n.
      const bit = 31 - Math.clz32(n & -n);
      directions.forEach((numbers, d) => {
        state[d]! ^= numbers[bit]!;
      });
    }
    return Array.from(state, (x) => x / 2 ** BITS);
  });
}

/** v_1 … v_32 of a dimension from 0, as 32-bit fractions, by the recurrence of Bratley & Fox (1988), eq. 2. */
function directionNumbers(dimension: number): Uint32Array {
  const [a, ...m] = JOE_KUO[dimension - 1] ?? [0];
  const s = m.length;
  const v = new Uint32Array(BITS);
  for (let i = 0; i < BITS; i++) {
    if (s === 0) v[i] = 1 << (BITS - 1 - i);
    else if (i < s) v[i] = m[i]! << (BITS - 1 - i);
    else {
      v[i] = v[i - s]! ^ (v[i - s]! >>> s);
      for (let j = 1; j < s; j++) if (((a >>> (s - 1 - j)) & 1) === 1) v[i]! ^= v[i - j]!;
    }
  }
  return v;
}
