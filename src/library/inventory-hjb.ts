import { catalogue } from '../catalogue.ts';
import type { ModelParameters } from '../config/experiment.ts';
import { checkExperiment } from '../config/load.ts';
import { type HjbGrid, solveHjb } from '../solve/hjb-grid.ts';
import { createSpreadReader, type SpreadReader } from '../solve/spread-reader.ts';
import type { Quotes } from '../strategies/custom/policy-api.ts';

/**
 * A market maker's model with its optimal quotes (Guéant, Lehalle & Fernandez-Tapia 2013). Keys that are not given have the
 * defaults of a config file; the grid is solved at the first question.
 */
export class InventoryHjb {
  readonly model: ModelParameters;
  #solved: { readonly grid: HjbGrid; readonly spreadsAt: SpreadReader } | undefined;

  /** @throws ConfigError for a wrong parameter, with all of them named */
  constructor(parameters: Partial<ModelParameters> = {}) {
    this.model = checkExperiment({ model: parameters, strategies: ['hjb'] }, catalogue).scenarioAt({}).model;
  }

  /** θ on the grid of times and inventories. Throws SolveError where the equation has no solution in floating point. */
  get grid(): HjbGrid {
    return this.#solve().grid;
  }

  /**
   * The optimal distances of bid and ask from the mid at (t, q), price units; +Infinity where the inventory bound leaves no
   * quote. Times after T give those of T.
   * @throws RangeError where q is not on the lattice within ±Q_max, or t is negative
   */
  getOptimalSpreads(t: number, q: number): [bid: number, ask: number] {
    const { order_size, Q_max } = this.model;
    const lots = q / order_size;
    if (!(t >= 0)) throw new RangeError(`t: expected a time of at least 0, got ${t}`);
    const isOnLattice = Math.abs(lots - Math.round(lots)) <= 1e-9;
    const spreads = isOnLattice ? this.#solve().spreadsAt(t, q) : undefined;
    if (spreads !== undefined) return spreads;
    throw new RangeError(`q: expected a multiple of order_size = ${order_size} within ±Q_max = ${Q_max}, got ${q}`);
  }

  /** The optimal prices of bid and ask at (t, q) and midprice S; null where there is no quote. Throws as `getOptimalSpreads`. */
  getQuotes(t: number, q: number, S: number): Quotes {
    const [bid, ask] = this.getOptimalSpreads(t, q);
    return [Number.isFinite(bid) ? S - bid : null, Number.isFinite(ask) ? S + ask : null];
  }

  #solve(): { readonly grid: HjbGrid; readonly spreadsAt: SpreadReader } {
    if (this.#solved === undefined) {
      const grid = solveHjb(this.model);
      this.#solved = { grid, spreadsAt: createSpreadReader(grid) };
    }
    return this.#solved;
  }
}

/** The model with every parameter at its default. Its quote bounds bind everywhere, so that it quotes 0.1 on both sides. */
export function createDefaultModel(): InventoryHjb {
  return new InventoryHjb();
}
