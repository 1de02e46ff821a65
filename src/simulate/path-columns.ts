/**
 * What paths of one cell came to, one slot a path, in path order: all of them, or a chunk. Inventories are in lots (multiples of order_size),
 * so that they are exact integers; everything else is in the config's units. Those of a portfolio are sums over its assets,
 * inventories in units, since its assets may have lots of different sizes.
 */
export interface PathColumns {
  /** Number of the path in slot 0. */
  readonly firstPath: number;
  readonly count: number;
  /** Mark-to-market PnL at T, before the terminal cost. */
  readonly pnl: Float64Array;
  /** ∫ q² dt in units² × time. */
  readonly integralQ2: Float64Array;
  /**
   * Largest fall of the mark-to-market PnL from its running maximum, which starts at 0, over the scheme's monitoring
   * times; absent where PnL was formed at T only.
   */
  readonly maxDrawdown?: Float64Array | undefined;
  /**
   * A number with the mean of pnl but less variance: pnl less the martingales of fills and price,
   * ∫(λb δb + λa δa) dt × order_size + μ ∫ q dt; present where variance reduction by control was asked for.
   */
  readonly meanEstimator?: Float64Array | undefined;
  /** The part of pnl that fills made at once: distance less fee, and the impact on what is held; where asked for. */
  readonly fillGains?: Float64Array | undefined;
  /** Time spent at |q| = Q_max; where asked for. */
  readonly boundTime?: Float64Array | undefined;
  readonly fills: Int32Array;
  /** Of a portfolio: Σ q_i at T, units. */
  readonly finalLots: Int32Array | Float64Array;
  /** Largest |q| on the way; of a portfolio: of Σ |q_i|, units. */
  readonly maxAbsLots: Int32Array | Float64Array;
  /** The columns of each asset of a portfolio by itself, drawdowns apart; absent for a single asset. */
  readonly assets?: readonly PathColumns[] | undefined;
  /** One number: quotes of walks that were further through the mid than the simulation serves; 0 at the start. */
  readonly saturatedQuotes?: Int32Array | undefined;
}

/** Which of the columns that cost extra a cell has. */
export interface ColumnChoice {
  readonly maxDrawdown: boolean;
  readonly meanEstimator: boolean;
  readonly fillGains?: boolean | undefined;
  readonly boundTime?: boolean | undefined;
  /** Assets of a portfolio; absent for a single asset. */
  readonly assets?: number | undefined;
}
