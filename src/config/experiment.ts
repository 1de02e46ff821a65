import type { RiskMeasures } from './goals.ts';
import type { RlParameters } from './rl-schema.ts';

/** How a part of the market is named in a config: its `type` and its own parameters, already checked. */
export interface NamedSpec {
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
  /** Price units paid for each unit traded; negative = a rebate. */
  readonly maker_fee: number;
  /** Permanent move of the midprice against the maker at each fill, price units. */
  readonly impact: number;
  readonly midprice: NamedSpec;
  /** When market orders come. */
  readonly arrivals: NamedSpec;
  /** How deep market orders reach. */
  readonly depth: NamedSpec;
  /** Price grid on which quotes stand, price units; null = none. */
  readonly tick: number | null;
  /** Time from the state that quotes are of to their effect. */
  readonly latency: number;
  /** How far through the mid quotes are served ever faster in a path-wise simulation, price units; null = automatic. */
  readonly through_mid: number | null;
  readonly scheme: Scheme;
  readonly fill: Fill;
  /** Event scheme: time between the points at which PnL is monitored for max_drawdown; null = not monitored. */
  readonly drawdown_dt: number | null;
}

export type Scheme = 'stepped' | 'event';
export type Fill = 'poisson' | 'linear';
/** How the standard error of the mean is made smaller at the same number of paths. */
export type VarianceReduction = 'none' | 'control' | 'antithetic';
/** How order statistics are had: from all paths, held in memory and sorted, or from a sketch of them, chunk by chunk. */
export type StatisticsMode = 'exact' | 'sketch';

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
  readonly maker_fee: number;
  readonly impact: number;
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
  /** What this strategy believes where it has `model:` keys of its own: the scenario's model with those in place. */
  readonly model?: ModelParameters;
  /** The same for each asset of a portfolio, in its order. */
  readonly assetModels?: readonly ModelParameters[];
  /** The module that it is made of, where its type names one. */
  readonly source?: SourceFile;
  /** Present where one of its keys is written. */
  readonly limits?: QuoteLimits;
}

/** A file that results depend on. */
export interface SourceFile {
  /** Absolute path. */
  readonly file: string;
  /** SHA-256 of its content, hexadecimal. */
  readonly sha256: string;
}

/** Limits that hold for whatever a strategy quotes; null = none. */
export interface QuoteLimits {
  /** Least and greatest distance of a quote from the mid, price units. */
  readonly min_distance: number | null;
  readonly max_distance: number | null;
  /** |inventory| from which only the side that reduces it is quoted, units. */
  readonly one_sided_at: number | null;
}

/** One asset of a portfolio: its market and what the maker believes of it, every default filled in. */
export interface Asset {
  /** Unique within the portfolio. */
  readonly name: string;
  /** T, dt, midprice, latency, through_mid, scheme, fill and drawdown_dt are those of the scenario. */
  readonly simulator: SimulatorParameters;
  readonly model: ModelParameters;
}

/** Several assets that one maker quotes at the same time. */
export interface Portfolio {
  readonly assets: readonly Asset[];
  /** d x d: of the midprices' Brownian increments. */
  readonly correlation: readonly (readonly number[])[];
}

/** Until when paths are added (`precision:`); one of se, rel and resolved is there. */
export interface Precision {
  readonly metric: 'mean' | 'difference';
  /** Standard error to reach, units of PnL. */
  readonly se?: number;
  /** Standard error to reach over the absolute value of the metric. */
  readonly rel?: number;
  /** Each difference is to be told apart from 0. */
  readonly resolved?: boolean;
  readonly max_paths: number;
}

/** One scenario's whole description: everything that a simulated number depends on. */
export interface Scenario {
  readonly simulator: SimulatorParameters;
  readonly model: ModelParameters;
  /** Present where `assets:` is written; `simulator` and `model` then are what the assets take where they say nothing. */
  readonly portfolio?: Portfolio;
  readonly strategies: readonly StrategySpec[];
  /** Simulated paths for each strategy; with `precision`, those that it begins with. */
  readonly paths: number;
  /** Present where paths are added until a precision is reached. */
  readonly precision?: Precision;
  readonly seed: number | string;
  readonly variance_reduction: VarianceReduction;
  /** auto = exact where the paths of a scenario take at most 1 GiB. */
  readonly statistics: StatisticsMode | 'auto';
  /** True where something in the scenario asks for walks along the price path; then all its strategies walk. */
  readonly pathwise: boolean;
  /** The `rl:` section; absent where the file has none. */
  readonly rl?: RlParameters;
  /** The `risk:` section; absent where the file has none. */
  readonly risk?: RiskMeasures;
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
