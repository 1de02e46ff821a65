/**
 * What one cell's paths came to, one slot a path, in path order. Inventories are in lots (multiples of order_size),
 * so that they are exact integers; everything else is in the config's units.
 */
export interface PathColumns {
  readonly count: number;
  /** Mark-to-market PnL at T, before the terminal cost. */
  readonly pnl: Float64Array;
  /** Largest fall of the mark-to-market PnL from its running maximum, which starts at 0. */
  readonly maxDrawdown: Float64Array;
  /** ∫ q² dt in units² × time. */
  readonly integralQ2: Float64Array;
  readonly fills: Int32Array;
  readonly finalLots: Int32Array;
  readonly maxAbsLots: Int32Array;
}
