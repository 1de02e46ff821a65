import type { SimulatorParameters } from '../config/experiment.ts';
import { intensity } from '../solve/intensity.ts';
import type { QuoteRule } from '../strategies/strategy.ts';
import { fillJump } from './fill-jump.ts';
import type { InventoryLattice } from './inventory-lattice.ts';

/** One side's fills over the inventories at one time. */
export interface SideFills {
  /** λ = A e^(−kδ), fills per unit of time; 0 where there is no quote. */
  readonly rate: Float64Array;
  /** Jump of PnL at a fill. */
  readonly jump: Float64Array;
  /** The part of it that is spread less fee, z(δ − c). */
  readonly spread: Float64Array;
}

export interface Fills {
  readonly bid: SideFills;
  readonly ask: SideFills;
}

/** A quote so far through the mid that it would fill sooner than T / 1e8 fills at that rate instead, as in the simulation. */
const MOST_FILLS = 1e8;

function allocateSide(width: number): SideFills {
  return { rate: new Float64Array(width), jump: new Float64Array(width), spread: new Float64Array(width) };
}

/** Doubles that are kept of quotes once read, 160 MB: a grid's quotes at a new time cost an integration. */
const MOST_KEPT = 2e7;

/** Reads a rule's fills over a lattice at any time; what was read is kept for the next pass over the same times. */
export class FillReader {
  readonly lattice: InventoryLattice;
  readonly timeDependent: boolean;
  /** Relative error that the rates may have: quotes of the HJB grid are good to about 1e-11. */
  readonly noise: number;
  readonly #market: SimulatorParameters;
  readonly #rule: QuoteRule;
  readonly #kept = new Map<number, Fills>();

  constructor(market: SimulatorParameters, rule: QuoteRule, lattice: InventoryLattice) {
    this.lattice = lattice;
    this.timeDependent = rule.timeDependent;
    this.noise = rule.timeDependent ? 1e-11 : 0;
    this.#market = market;
    this.#rule = rule;
  }

  /** @throws RangeError for a distance that is NaN or −∞ */
  at(t: number): Fills {
    const at = this.timeDependent ? t : 0;
    const known = this.#kept.get(at);
    if (known !== undefined) return known;
    const fills = this.#read(at);
    if (6 * this.lattice.width * this.#kept.size < MOST_KEPT) this.#kept.set(at, fills);
    return fills;
  }

  #read(t: number): Fills {
    const { inventories, width, bounded } = this.lattice;
    const distances = { bid: new Float64Array(width), ask: new Float64Array(width) };
    this.#rule.fillRow(t, inventories, distances.bid, distances.ask);
    if (bounded) {
      distances.bid[width - 1] = Number.POSITIVE_INFINITY;
      distances.ask[0] = Number.POSITIVE_INFINITY;
    }
    const fills = { bid: allocateSide(width), ask: allocateSide(width) };
    for (let j = 0; j < width; j++) {
      this.#readSide('bid', distances.bid[j]!, j, t, fills.bid);
      this.#readSide('ask', distances.ask[j]!, j, t, fills.ask);
    }
    return fills;
  }

  #readSide(side: 'bid' | 'ask', distance: number, j: number, t: number, out: SideFills): void {
    const market = this.#market;
    const q = this.lattice.inventories[j]!;
    if (!(distance > Number.NEGATIVE_INFINITY)) {
      throw new RangeError(`the ${side} distance at t = ${t}, q = ${q} is ${distance}, expected a number`);
    }
    const rate = Math.min(intensity(market, distance), Math.max(market.A, MOST_FILLS / market.T));
    out.rate[j] = rate;
    out.jump[j] = rate === 0 ? 0 : fillJump(market, side, distance, q);
    out.spread[j] = rate === 0 ? 0 : market.order_size * (distance - market.maker_fee);
  }
}
