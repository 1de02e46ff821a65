import type { SimulatorParameters } from '../../src/config/experiment.ts';
import type { EventTable } from '../../src/simulate/event/event-table.ts';

/** What the policy of an event table comes to in expectation, in the units of PnL. */
export interface TabulatedMeans {
  /** E[PnL]: ∫ Σ p (λb gain_b + λa gain_a + μ q) dt. */
  readonly pnl: number;
  /** E of the estimator as the kernel forms it: C(T, q_T) plus, at each fill, C(t, q before) − C(t, q after), plus μ∫q dt. */
  readonly estimator: number;
}

/**
 * Both means without sampling, by the forward Kolmogorov equation p' = Lp of the inventory. L is constant within a row,
 * so that p and its integrals over the row are Taylor series in L, summed to rounding; rows are cut into pieces in which
 * one fill is expected at most. Intensities and gains are those that the kernel reads, 30-bit shares of the sides included.
 */
export function tabulatedMeans(simulator: SimulatorParameters, table: EventTable): TabulatedMeans {
  const { mu, order_size } = simulator;
  const { lattice, rowEdges, meanWaits, bidShares, gains, compensator } = table;
  const { reach, start } = lattice;
  const width = 2 * reach + 1;
  const rows = rowEdges.length - 1;
  let p = new Float64Array(width);
  p[start + reach] = 1;
  let pnl = 0;
  let drift = 0;
  let jumps = 0;
  for (let row = 0; row < rows; row++) {
    const leave = Float64Array.from({ length: width }, (_, j) => 1 / meanWaits[row * width + j]!);
    const up = leave.map((rate, j) => (rate * bidShares[row * width + j]!) / 2 ** 30);
    const down = leave.map((rate, j) => rate - up[j]!);
    const length = rowEdges[row + 1]! - rowEdges[row]!;
    const pieces = Math.max(1, Math.ceil(leave.reduce((a, b) => Math.max(a, b), 0) * length));
    for (let piece = 0; piece < pieces; piece++) {
      const { end, integral, ramp } = advance(p, up, down, leave, length / pieces);
      for (let j = 0; j < width; j++) {
        const e = row * width + j;
        pnl += integral[j]! * (up[j]! * gains[2 * e]! + down[j]! * gains[2 * e + 1]!);
        drift += integral[j]! * mu * (j - reach) * order_size;
        // C is linear within a row: at the share s/h of piece number n it is base + slope · (n + s/h)/pieces.
        const change = (to: number): number => {
          const base = compensator[e]! - compensator[e + to]!;
          const slope = compensator[e + width]! - compensator[e + width + to]! - base;
          return integral[j]! * (base + (slope * piece) / pieces) + (ramp[j]! * slope) / pieces;
        };
        if (up[j]! > 0) jumps += up[j]! * change(1);
        if (down[j]! > 0) jumps += down[j]! * change(-1);
      }
      p = end;
    }
  }
  const final = p.reduce((sum, x, j) => sum + x * compensator[rows * width + j]!, 0);
  return { pnl: pnl + drift, estimator: final + jumps + drift };
}

interface Piece {
  /** p at the end of the piece. */
  readonly end: Float64Array<ArrayBuffer>;
  /** ∫ p ds over the piece. */
  readonly integral: Float64Array;
  /** ∫ (s/h) p ds over the piece. */
  readonly ramp: Float64Array;
}

/** With v_n = (hL)ⁿp/n!: p(h) = Σ v_n, ∫p = h Σ v_n/(n + 1), ∫(s/h)p = h Σ v_n/(n + 2). */
function advance(p: Float64Array, up: Float64Array, down: Float64Array, leave: Float64Array, h: number): Piece {
  const end = Float64Array.from(p);
  const integral = p.map((x) => h * x);
  const ramp = p.map((x) => (h * x) / 2);
  let term: Float64Array = p;
  // h‖L‖ <= 2: the 40th term is below 2^40/40! = 1.3e-36.
  for (let n = 1; n < 40; n++) {
    const last = term;
    term = last.map((x, j) => {
      const below = j > 0 ? up[j - 1]! * last[j - 1]! : 0;
      const above = j + 1 < last.length ? down[j + 1]! * last[j + 1]! : 0;
      return (h / n) * (below + above - leave[j]! * x);
    });
    for (let j = 0; j < p.length; j++) {
      end[j]! += term[j]!;
      integral[j]! += (h * term[j]!) / (n + 1);
      ramp[j]! += (h * term[j]!) / (n + 2);
    }
  }
  return { end, integral, ramp };
}
