import type { SimulatorParameters } from '../config/experiment.ts';
import type { StepSystem } from './adaptive.ts';
import type { FillReader, Fills } from './fill-reader.ts';
import { BINOMIAL, ORDERS, recentre, Scalar, scalarAt, total, VECTORS } from './moment-state.ts';
import { STAGES, WEIGHTS } from './radau.ts';
import { stageFills } from './stage-fills.ts';
import { type ComplexVector, complexVector, StageSolver } from './stage-solver.ts';

/** A copy: loaders that rewrite modules make a look-up of each use of an import. */
const S = STAGES;

/**
 * The moments of PnL and of the number of fills by inventory, in continuous time. With L the generator of the inventory
 * and J the jump of PnL at a fill, the j-th moment has
 *     m_j′ = L*m_j + Σ_{i<j} C(j, i) [(λb Jb^(j−i) m_i)↑ + (λa Ja^(j−i) m_i)↓] + j μ q m_{j−1} + ½ j(j − 1) σ² q² m_{j−2},
 * a triangle of systems with one matrix: each is solved with the stages of those before it. Counting fills is the same
 * with J = 1 and no price.
 */
export class EventMoments implements StepSystem {
  readonly #market: SimulatorParameters;
  readonly #reader: FillReader;
  #fills: readonly Fills[] = [];
  readonly #solver: StageSolver;
  readonly #generator: { readonly diagonal: ComplexVector; readonly up: ComplexVector; readonly down: ComplexVector };
  readonly #stages: readonly ComplexVector[];
  readonly #source: ComplexVector;
  readonly #start: ComplexVector;
  /** Fills expected per unit of time in the latest step. */
  #activity = 0;

  constructor(market: SimulatorParameters, reader: FillReader) {
    const { width } = reader.lattice;
    this.#market = market;
    this.#reader = reader;
    this.#solver = new StageSolver(width);
    const stageVector = () => complexVector(width * S);
    this.#generator = { diagonal: stageVector(), up: stageVector(), down: stageVector() };
    this.#stages = Array.from({ length: VECTORS }, stageVector);
    this.#source = stageVector();
    this.#start = complexVector(width);
  }

  step(state: Float64Array, t: number, h: number, out: Float64Array): void {
    const { width } = this.#reader.lattice;
    this.#fills = stageFills(this.#reader, t, h);
    const { diagonal, up, down } = this.#generator;
    this.#fills.forEach(({ bid, ask }, i) => {
      for (let j = 0; j < width; j++) {
        const e = j * S + i;
        up.re[e] = bid.rate[j]!;
        down.re[e] = ask.rate[j]!;
        diagonal.re[e] = -bid.rate[j]! - ask.rate[j]!;
      }
    });
    this.#solver.factor(h, this.#generator);
    for (let vector = 0; vector < VECTORS; vector++) {
      const stages = this.#stages[vector]!;
      this.#start.re.set(state.subarray(vector * width, (vector + 1) * width));
      this.#fillSource(vector);
      this.#solver.solve(this.#start, this.#source, stages);
      for (let j = 0; j < width; j++) out[vector * width + j] = stages.re[j * S + S - 1]!;
    }
    this.#addScalars(state, h, out);
    recentre(out, width);
  }

  /** Sum of the absolute differences of each vector over its size, the largest of them. */
  difference(a: Float64Array, b: Float64Array): number {
    const { width } = this.#reader.lattice;
    const std = Math.sqrt(Math.max(0, total(b, width, 2)));
    const mean = scalarAt(width, Scalar.mean);
    let worst = std > 0 ? Math.abs(a[mean]! - b[mean]!) / std : 0;
    let scale = 1;
    for (let vector = 0; vector < VECTORS; vector++) {
      let sum = 0;
      let size = 0;
      for (let j = vector * width; j < (vector + 1) * width; j++) {
        sum += Math.abs(a[j]! - b[j]!);
        size += Math.abs(b[j]!);
      }
      const counts = vector >= ORDERS;
      if (!(sum <= worst * (size + (counts ? 1 : scale))) && sum > 0) worst = sum / (size + (counts ? 1 : scale));
      scale *= std;
    }
    return worst;
  }

  noise(h: number): number {
    return this.#reader.noise * h * this.#activity;
  }

  /** What the lower moments bring to the equation of a vector. */
  #fillSource(vector: number): void {
    const { inventories, width } = this.#reader.lattice;
    const { mu, sigma } = this.#market;
    const source = this.#source.re.fill(0);
    const isCount = vector >= ORDERS;
    const order = isCount ? vector - ORDERS + 1 : vector;
    /** The stages of the moment of a lower order, p being that of order 0. */
    const lower = (i: number): Float64Array => this.#stages[isCount && i > 0 ? ORDERS + i - 1 : i]!.re;
    for (let i = 0; i < order; i++) {
      const moment = lower(i);
      const ways = BINOMIAL[order]![i]!;
      for (let stage = 0; stage < S; stage++) {
        const { bid, ask } = this.#fills[stage]!;
        for (let j = 0; j < width; j++) {
          const mass = ways * moment[j * S + stage]!;
          if (j + 1 < width) {
            const e = (j + 1) * S + stage;
            source[e] = source[e]! + mass * bid.rate[j]! * (isCount ? 1 : power(bid.jump[j]!, order - i));
          }
          if (j > 0) {
            const e = (j - 1) * S + stage;
            source[e] = source[e]! + mass * ask.rate[j]! * (isCount ? 1 : power(ask.jump[j]!, order - i));
          }
        }
      }
    }
    if (isCount) return;
    for (let e = 0; e < width * S; e++) {
      const q = inventories[(e / S) | 0]!;
      if (order > 0) source[e] = source[e]! + order * mu * q * lower(order - 1)[e]!;
      if (order > 1)
        source[e] = source[e]! + 0.5 * order * (order - 1) * (sigma * q) * (sigma * q) * lower(order - 2)[e]!;
    }
  }

  /** Integrals over the step, by the method's own quadrature. */
  #addScalars(state: Float64Array, h: number, out: Float64Array): void {
    const { inventories, width, bounded, reach } = this.#reader.lattice;
    const p = this.#stages[0]!.re;
    let spread = 0;
    let integralQ2 = 0;
    let lost = 0;
    let leavingZero = 0;
    let fills = 0;
    for (let stage = 0; stage < S; stage++) {
      const { bid, ask } = this.#fills[stage]!;
      const weight = h * WEIGHTS[stage]!;
      for (let j = 0; j < width; j++) {
        const mass = weight * p[j * S + stage]!;
        spread += mass * (bid.rate[j]! * bid.spread[j]! + ask.rate[j]! * ask.spread[j]!);
        fills += mass * (bid.rate[j]! + ask.rate[j]!);
        integralQ2 += mass * inventories[j]! * inventories[j]!;
      }
      if (!bounded) {
        lost += weight * (p[(width - 1) * S + stage]! * bid.rate[width - 1]! + p[stage]! * ask.rate[0]!);
      }
      leavingZero += weight * (bid.rate[reach]! + ask.rate[reach]!);
    }
    this.#activity = fills / h;
    const additions = { spread, integralQ2, lost, leavingZero, mean: 0 };
    for (const name of ['mean', 'spread', 'integralQ2', 'lost', 'leavingZero'] as const) {
      const at = scalarAt(width, Scalar[name]);
      out[at] = state[at]! + additions[name];
    }
  }
}

function power(x: number, n: number): number {
  return n === 1 ? x : n === 2 ? x * x : n === 3 ? x * x * x : x * x * (x * x);
}
