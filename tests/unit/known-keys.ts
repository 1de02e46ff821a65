/** The keys of a section as messages list them, in the schema's order. */
export const TOP_KEYS =
  'name, seed, paths, precision, variance_reduction, statistics, simulator, model, assets, correlation, strategies, rl, risk, thresholds, choose, sweep';
export const SIMULATOR_KEYS =
  'sigma, mu, S0, A, k, T, dt, Q_max, order_size, q0, maker_fee, impact, midprice, arrivals, depth, tick, latency, ' +
  'through_mid, scheme, fill, drawdown_dt';
export const MODEL_KEYS =
  'sigma, mu, A, k, T, Q_max, order_size, maker_fee, impact, gamma, phi, running, dt, delta_min, delta_max';
/** Of the test catalogue's `constant`. */
export const CONSTANT_KEYS = 'half_spread, skew, type, name, model, min_distance, max_distance, one_sided_at';
