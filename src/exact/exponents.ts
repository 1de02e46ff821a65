/**
 * The s of E[e^(s PnL)], each either real or imaginary: s = iu gives the characteristic function at u, s = −γ expected
 * CARA utility. A running penalty ζ q² is taken off PnL on the way.
 */
export interface Exponents {
  readonly re: Float64Array;
  readonly im: Float64Array;
  /** ζ; 0 for PnL itself. */
  readonly running: number;
}

/** i·first·spacing, i·(first + 1)·spacing, …: a stretch of the frequencies of a cosine series. */
export function frequencies(first: number, count: number, spacing: number): Exponents {
  return imaginaryExponents(Array.from({ length: count }, (_, k) => (first + k) * spacing));
}

/** iu for each of the frequencies u. */
export function imaginaryExponents(values: readonly number[]): Exponents {
  return { re: new Float64Array(values.length), im: Float64Array.from(values), running: 0 };
}

export function realExponents(values: readonly number[], running = 0): Exponents {
  return { re: Float64Array.from(values), im: new Float64Array(values.length), running };
}
