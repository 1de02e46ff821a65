import { readdirSync, readFileSync } from 'node:fs';
import type { ModelParameters, SimulatorParameters } from '../../src/config/experiment.ts';

/** Moments made without sampling; std is the population one. */
export interface ExactMoments {
  readonly mean: number;
  readonly std: number;
  readonly mean_q: number;
  readonly std_q: number;
  readonly mean_fills: number;
  readonly mean_int_q2?: number;
}

export interface ExactLaw {
  readonly p05: number;
  readonly p50: number;
  readonly p95: number;
  readonly var: number;
  readonly cvar: number;
}

interface StrategyAnswers {
  readonly event: ExactMoments;
  readonly stepped: {
    readonly dt: number;
    readonly poisson: ExactMoments;
    readonly linear?: ExactMoments;
    readonly poisson_law?: ExactLaw;
  };
}

/** A case of tests/vectors: see the README there. */
export interface ExactCase {
  readonly name: string;
  readonly simulator: Omit<SimulatorParameters, 'scheme' | 'fill'>;
  readonly model: ModelParameters;
  readonly hjb: StrategyAnswers;
  readonly constant: StrategyAnswers & { readonly half_spread: number };
}

interface VectorFile {
  readonly case: string;
  readonly parameters: Readonly<Record<'A' | 'k' | 'sigma' | 'gamma' | 'phi' | 'T' | 'Q', number>> &
    Readonly<Partial<Record<'mu' | 'running' | 'dmin' | 'dmax', number>>>;
  readonly q0: number;
  readonly hjb: StrategyAnswers;
  readonly constant: StrategyAnswers & { readonly half_spread: number };
}

const folder = new URL('../vectors/', import.meta.url);

export function exactCases(): ExactCase[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return names.map((name) => {
    const file: VectorFile = JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
    const { A, k, sigma, gamma, phi, T, Q, mu = 0, running = 0, dmin = null, dmax = null } = file.parameters;
    const market = { sigma, mu, A, k, T, Q_max: Q, order_size: 1, maker_fee: 0, impact: 0 };
    const midprice = { type: 'brownian', params: {} };
    const arrivals = { type: 'poisson', params: {} };
    const depth = { type: 'exponential', params: {} };
    const plain = { midprice, arrivals, depth, tick: null, latency: 0, through_mid: null, drawdown_dt: null };
    return {
      name: file.case,
      simulator: { ...market, S0: 100, dt: file.hjb.stepped.dt, q0: file.q0, ...plain },
      model: { ...market, gamma, phi, running, dt: T / 100, delta_min: dmin, delta_max: dmax },
      hjb: file.hjb,
      constant: file.constant,
    };
  });
}
