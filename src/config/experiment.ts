/** How a midprice model is named in a config: its `type` and its own parameters, already checked. */
export interface MidpriceSpec {
  readonly type: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/**
 * The market as it is (`simulator:`). Names and units are those of the config file.
 * Intensities are λ(δ) = A e^(−kδ) on each side (Avellaneda & Stoikov 2008, eq. 12).
 */
export interface SimulatorParameters {
  /** Volatility, price units per √time. */
  readonly sigma: number;
  /** Drift, price units per time. */
  readonly mu: number;
  /** Initial midprice. */
  readonly S0: number;
  /** Market orders per unit of time on each side at distance 0. */
  readonly A: number;
  /** Decay of the fill intensity, 1 / price units. */
  readonly k: number;
  /** Horizon. */
  readonly T: number;
  /** Time step of the stepped scheme. */
  readonly dt: number;
  /** Inventory bound; null = none. */
  readonly Q_max: number | null;
  /** Units traded in one fill. */
  readonly order_size: number;
  /** Initial inventory, a multiple of order_size. */
  readonly q0: number;
  readonly midprice: MidpriceSpec;
  readonly scheme: Scheme;
  readonly fill: Fill;
  /** Event scheme: time between the points at which PnL is monitored for max_drawdown; null = not monitored. */
  readonly drawdown_dt: number | null;
}

export type Scheme = 'stepped' | 'event';
export type Fill = 'poisson' | 'linear';
/** How the standard error of the mean is made smaller at the same number of paths. */
export type VarianceReduction = 'none' | 'control' | 'antithetic';

/** What the maker believes and wants (`model:`), with every default filled in. */
export interface ModelParameters {
  readonly sigma: number;
  readonly mu: number;
  readonly A: number;
  readonly k: number;
  readonly T: number;
  /** Inventory bound of the quote grid; null only where no strategy needs a grid. */
  readonly Q_max: number | null;
  readonly order_size: number;
  /** Risk aversion, 1 / price units; 0 = risk-neutral. */
  readonly gamma: number;
  /** Terminal cost phi q². */
  readonly phi: number;
  /** Running penalty ζ q² per unit of time. */
  readonly running: number;
  /** Time step of the quote grid. */
  readonly dt: number;
  /** Bounds of the quoted distances; null = unbounded. */
  readonly delta_min: number | null;
  readonly delta_max: number | null;
}

/** One entry of `strategies:`, checked; `params` holds what its type declares. */
export interface StrategySpec {
  readonly type: string;
  /** Unique within the experiment: its type, or the `name` that was given. */
  readonly name: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** One scenario's whole description: everything that a simulated number depends on. */
export interface Scenario {
  readonly simulator: SimulatorParameters;
  readonly model: ModelParameters;
  readonly strategies: readonly StrategySpec[];
  /** Simulated paths for each strategy. */
  readonly paths: number;
  readonly seed: number | string;
  readonly variance_reduction: VarianceReduction;
}

/** A point of the sweep: the value given to each swept dotted path, in the sweep's order. */
export type SweepPoint = Readonly<Record<string, SweepValue>>;
export type SweepValue = number | string | boolean | null;

/** The checked experiment: what the file asks for, one entry a scenario. */
export interface Experiment {
  readonly name: string;
  /** Dotted paths that are swept, in the file's order; empty without a sweep. */
  readonly sweptPaths: readonly string[];
  readonly scenarios: readonly (Scenario & { readonly point: SweepPoint })[];
}

/** One axis of the sweep: a dotted path as the file writes it, and its values in order. */
export interface SweepAxis {
  readonly path: string;
  readonly values: readonly SweepValue[];
}
