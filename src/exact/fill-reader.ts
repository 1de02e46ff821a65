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

export function allocateFills(width: number): Fills {
  const side = (): SideFills => ({
    rate: new Float64Array(width),
    jump: new Float64Array(width),
    spread: new Float64Array(width),
  });
  return { bid: side(), ask: side() };
}

/** Reads a rule's fills over a lattice at any time. */
export class FillReader {
  readonly lattice: InventoryLattice;
  readonly timeDependent: boolean;
  readonly #market: SimulatorParameters;
  readonly #rule: QuoteRule;
  readonly #bid: Float64Array;
  readonly #ask: Float64Array;

  constructor(market: SimulatorParameters, rule: QuoteRule, lattice: InventoryLattice) {
    this.lattice = lattice;
    this.timeDependent = rule.timeDependent;
    this.#market = market;
    this.#rule = rule;
    this.#bid = new Float64Array(lattice.width);
    this.#ask = new Float64Array(lattice.width);
  }

  /** @throws RangeError for a distance that is NaN or −∞ */
  read(t: number, { bid, ask }: Fills): void {
    const { inventories, width, bounded } = this.lattice;
    this.#rule.fillRow(t, inventories, this.#bid, this.#ask);
    if (bounded) {
      this.#bid[width - 1] = Number.POSITIVE_INFINITY;
      this.#ask[0] = Number.POSITIVE_INFINITY;
    }
    for (let j = 0; j < width; j++) {
      this.#readSide('bid', this.#bid[j]!, j, t, bid);
      this.#readSide('ask', this.#ask[j]!, j, t, ask);
    }
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
