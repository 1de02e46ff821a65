import type { ModelParameters } from '../config/experiment.ts';
import type { ExactEngine } from './engine.ts';
import { ORDERS, Scalar, scalarAt, total } from './moment-state.ts';

/** Figures that follow from moments alone; names and units as in summary.csv. */
export interface MomentFigures {
  /** E[PnL] at T before the terminal cost, price units × units. */
  readonly mean: number;
  /** Standard deviation of the law (not of a sample). */
  readonly std: number;
  /** m3/m2^(3/2) and m4/m2² − 3; NaN where std is 0. */
  readonly skewness: number;
  readonly kurtosis: number;
  /** mean/std; NaN where std is 0. */
  readonly sharpe: number;
  /** Mean and standard deviation of the number of fills. */
  readonly fills_mean: number;
  readonly fills_std: number;
  /** Mean, standard deviation and excess kurtosis of q_T, units. */
  readonly final_q_mean: number;
  readonly final_q_std: number;
  readonly final_q_kurtosis: number;
  /** E∫q² dt, units² × time. */
  readonly integral_q2_mean: number;
  /** E of the distances earned less fees. */
  readonly spread_income: number;
  /** The rest of the mean: E∫q dS, of drift and of the fills' own impact. */
  readonly inventory_pnl: number;
  /** E of phi q_T². */
  readonly terminal_cost: number;
}

/** Reads the figures off an engine's moments; O(width). */
export function momentFigures({ moments: { lattice, state } }: ExactEngine, model: ModelParameters): MomentFigures {
  const { width, inventories } = lattice;
  const scalar = (which: number): number => state[scalarAt(width, which)]!;
  const mean = scalar(Scalar.mean);
  const variance = Math.max(0, total(state, width, 2));
  const std = Math.sqrt(variance);
  const fills = total(state, width, ORDERS);
  const inventory = inventoryMoments(state, inventories);
  const spread = scalar(Scalar.spread);
  return {
    mean,
    std,
    skewness: std > 0 ? total(state, width, 3) / (variance * std) : Number.NaN,
    kurtosis: std > 0 ? total(state, width, 4) / (variance * variance) - 3 : Number.NaN,
    sharpe: std > 0 ? mean / std : Number.NaN,
    fills_mean: fills,
    fills_std: Math.sqrt(Math.max(0, total(state, width, ORDERS + 1) - fills * fills)),
    ...inventory.figures,
    integral_q2_mean: scalar(Scalar.integralQ2),
    spread_income: spread,
    inventory_pnl: mean - spread,
    terminal_cost: model.phi * inventory.square,
  };
}

function inventoryMoments(p: Float64Array, inventories: Float64Array) {
  const expectation = (f: (q: number) => number): number => inventories.reduce((sum, q, j) => sum + p[j]! * f(q), 0);
  const mean = expectation((q) => q);
  const variance = expectation((q) => (q - mean) ** 2);
  const fourth = expectation((q) => (q - mean) ** 4);
  return {
    square: expectation((q) => q * q),
    figures: {
      final_q_mean: mean,
      final_q_std: Math.sqrt(variance),
      final_q_kurtosis: variance > 0 ? fourth / (variance * variance) - 3 : Number.NaN,
    },
  };
}
