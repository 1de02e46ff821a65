/**
 * The Radau IIA collocation method of five stages and order 9 (Hairer & Wanner, Solving Ordinary Differential Equations
 * II, section IV.5): L-stable, and its last stage is the end of the step. Made in 50 digits from the zeros of
 * d⁴/dx⁴ x⁴(x − 1)⁵.
 */
export const STAGES = 5;

/** Places of the stages within a step. */
export const NODES: readonly number[] = [
  0.057104196114517682, 0.27684301363812383, 0.58359043236891682, 0.86024013565621945, 1,
];

/** Weights of the quadrature over a step. */
export const WEIGHTS: readonly number[] = [
  0.14371356079122594, 0.28135601514946206, 0.31182652297574125, 0.22310390108357074, 0.04,
];

/** Inverse of the method's matrix, row by row: Σ_j W_ij (Y_j − y) = h f(t_i, Y_i). */
export const INVERSE: Float64Array = Float64Array.of(
  ...[8.7559239779383617, 2.8919426153801174, -0.87518639620026503, 0.39970520793996548, -0.13370616384921584],
  ...[-7.161380720145387, 1.8060777240836444, 2.3637971760686084, -0.86590078028313452, 0.2743380777751942],
  ...[4.1221652462433738, -4.4960171258133947, 0.85676524539717761, 2.5183209492110644, -0.65706275713436011],
  ...[-3.8786632197240103, 3.3931519180649542, -5.1883409064071869, 0.58123305258081636, 2.8099836552797123],
  ...[8.4124242235942886, -6.9702561166566609, 8.7771142041504732, -18.219282311088101, 13],
);

/** Row sums of INVERSE. */
export const ROW_SUMS: Float64Array = Float64Array.from({ length: STAGES }, (_, i) =>
  INVERSE.subarray(i * STAGES, (i + 1) * STAGES).reduce((sum, x) => sum + x, 0),
);
