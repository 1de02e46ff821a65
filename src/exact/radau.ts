/**
 * The Radau IIA collocation method of five stages and order 9 (Hairer & Wanner, Solving Ordinary Differential Equations
 * II, section IV.5): L-stable, and its last stage is the end of the step. Made in 50 digits from the zeros of
 * d⁴/dx⁴ x⁴(x − 1)⁵.
 */
export const STAGES = 5;

/** Places of the stages within a step. */
export const NODES: readonly number[] = [
  0.05710419611451768, 0.2768430136381238, 0.5835904323689168, 0.8602401356562195, 1,
];

/** Weights of the quadrature over a step. */
export const WEIGHTS: readonly number[] = [
  0.14371356079122594, 0.28135601514946207, 0.31182652297574126, 0.22310390108357073, 0.04,
];

/** Inverse of the method's matrix, row by row: Σ_j W_ij (Y_j − y) = h f(t_i, Y_i). */
export const INVERSE: Float64Array = Float64Array.of(
  ...[8.755923977938362, 2.8919426153801173, -0.8751863962002651, 0.3997052079399655, -0.13370616384921585],
  ...[-7.161380720145387, 1.8060777240836443, 2.3637971760686085, -0.8659007802831346, 0.2743380777751942],
  ...[4.122165246243374, -4.4960171258133945, 0.8567652453971776, 2.5183209492110645, -0.6570627571343601],
  ...[-3.8786632197240105, 3.3931519180649543, -5.188340906407187, 0.5812330525808164, 2.809983655279712],
  ...[8.41242422359429, -6.970256116656661, 8.777114204150473, -18.2192823110881, 13],
);

/** Row sums of INVERSE. */
export const ROW_SUMS: Float64Array = Float64Array.from({ length: STAGES }, (_, i) =>
  INVERSE.subarray(i * STAGES, (i + 1) * STAGES).reduce((sum, x) => sum + x, 0),
);
