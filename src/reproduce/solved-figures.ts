import type { ModelParameters } from '../config/experiment.ts';
import { glftAsymptoticQuotes, symmetricHalfSpread } from '../solve/closed-forms.ts';
import { type HjbGrid, solveHjb } from '../solve/hjb-grid.ts';
import { quotesFromTheta } from '../solve/quotes.ts';
import { ConfigError } from '../util/errors.ts';
import type { SolvedFigure } from './study-schema.ts';

/** The model of a case, solved when first asked for. */
export class SolvedModel {
  readonly model: ModelParameters;
  #grid: HjbGrid | undefined;

  constructor(model: ModelParameters) {
    this.model = model;
  }

  get grid(): HjbGrid {
    this.#grid ??= solveHjb(this.model);
    return this.#grid;
  }

  /** Optimal distances at the i-th time node, price units; Infinity where there is no quote. */
  quotesAt(i: number): { readonly bid: Float64Array; readonly ask: Float64Array } {
    const { theta, inventories } = this.grid;
    const points = inventories.length;
    const bid = new Float64Array(points);
    const ask = new Float64Array(points);
    quotesFromTheta(this.model, theta.subarray(i * points, (i + 1) * points), bid, ask);
    return { bid, ask };
  }

  /** Index of an inventory on the grid. Throws ConfigError where it is not on it. */
  indexOf(q: number): number {
    const index = this.grid.inventories.indexOf(q);
    if (index < 0) throw new ConfigError(`expected an inventory on the quote grid, got ${q} (change q, or Q_max)`);
    return index;
  }

  /** A figure at t = 0. Throws ConfigError where its inventory is not on the grid. */
  figure({ figure, q }: SolvedFigure): number {
    switch (figure) {
      case 'theta':
        return this.grid.theta[this.indexOf(q)]!;
      case 'delta_bid':
        return this.quotesAt(0).bid[this.indexOf(q)]!;
      case 'delta_ask':
        return this.quotesAt(0).ask[this.indexOf(q)]!;
      case 'asymptotic_bid':
        return glftAsymptoticQuotes(this.model, q).bid;
      case 'asymptotic_ask':
        return glftAsymptoticQuotes(this.model, q).ask;
      case 'average_spread':
        return 2 * symmetricHalfSpread(this.model);
    }
  }
}
