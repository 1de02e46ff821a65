import { cellFacts } from '../aggregate/cell-facts.ts';
import { runningCost, terminalCost } from '../aggregate/inventory-costs.ts';
import { correlation, type JointMoments, jointMoments, mergeJointMoments } from '../aggregate/joint-moments.ts';
import { centralMoments, standardErrorOfMean } from '../aggregate/moments.ts';
import type { PlannedScenario } from '../plan/plan.ts';
import type { ChunkOutcome } from '../simulate/simulate-cells.ts';
import { expm1, log1p } from '../util/elementary.ts';

/** An estimate with its standard error. */
export interface ControlledValue {
  readonly value: number;
  readonly se: number;
}

/** The strategy whose value is known: it is the optimum itself. */
const CONTROL = { type: 'hjb', name: 'hjb', params: {} };

/**
 * Certainty equivalents of a scenario's strategies with hjb as the control variate: its own is θ exactly, and it met the same
 * market. With u = (1 − e^(−γ(x − θ)))/γ of a path's wealth x (x − θ at γ = 0), E u is 0 for hjb, so that for another strategy
 * E u is estimated by mean(u) − β mean(u of hjb), β their regression coefficient (Glasserman, Monte Carlo Methods in Financial
 * Engineering, 2003, §4.1), and c = θ − ln(1 − γ E u)/γ. Chunks of paths are merged, so that memory is that of one.
 */
export class ControlledValues {
  readonly #scenario: PlannedScenario;
  readonly #theta: number;
  readonly #joint = new Map<string, JointMoments>();
  /** u of the chunk's strategies so far, while hjb's is not in. */
  #chunk = new Map<string, Float64Array>();
  #firstPath = 0;

  /** @param theta θ(0, q0) of the scenario's model */
  constructor(scenario: PlannedScenario, theta: number) {
    this.#scenario = scenario;
    this.#theta = theta;
  }

  /** Takes the next chunk, in the order of a run. */
  add(outcome: ChunkOutcome): void {
    if (outcome.state === 'failed') return;
    if (outcome.firstPath !== this.#firstPath) {
      this.#chunk = new Map();
      this.#firstPath = outcome.firstPath;
    }
    this.#chunk.set(outcome.cell.strategy.name, this.#utilities(outcome));
    const control = this.#chunk.get(CONTROL.name);
    if (control === undefined) return;
    const controlMoments = centralMoments(control);
    for (const [name, own] of this.#chunk) {
      if (name === CONTROL.name) continue;
      const joint = jointMoments(own, centralMoments(own), control, controlMoments);
      const before = this.#joint.get(name);
      this.#joint.set(name, before === undefined ? joint : mergeJointMoments(before, joint));
      this.#chunk.delete(name);
    }
  }

  /** NaN where the strategy, or hjb, has no paths; θ itself for hjb. */
  valueOf(strategy: string): ControlledValue {
    if (strategy === CONTROL.name) return { value: this.#theta, se: 0 };
    const joint = this.#joint.get(strategy);
    if (joint === undefined) return { value: Number.NaN, se: Number.NaN };
    const { x, y, covariance } = joint;
    const beta = y.m2 === 0 ? 0 : (covariance * x.scale) / (y.m2 * y.scale);
    const mean = x.mean - beta * y.mean;
    const explained = y.m2 === 0 || x.m2 === 0 ? 0 : correlation(joint) ** 2;
    const se = standardErrorOfMean(x) * Math.sqrt(1 - explained);
    const { gamma } = this.#scenario.model;
    if (gamma === 0) return { value: this.#theta + mean, se };
    return { value: this.#theta - log1p(-gamma * mean) / gamma, se: se / (1 - gamma * mean) };
  }

  /** Of all paths, or the means of antithetic pairs. */
  #utilities({ columns }: ChunkOutcome & { readonly state: 'done' }): Float64Array {
    const { gamma } = this.#scenario.model;
    const facts = cellFacts({ scenario: this.#scenario, strategy: CONTROL });
    const u = Float64Array.from(columns.pnl, (pnl, slot) => {
      const wealth = pnl - terminalCost(columns, facts, slot) - runningCost(columns, facts, slot);
      return gamma === 0 ? wealth - this.#theta : -expm1(-gamma * (wealth - this.#theta)) / gamma;
    });
    if (this.#scenario.variance_reduction !== 'antithetic') return u;
    return Float64Array.from({ length: u.length / 2 }, (_, i) => 0.5 * (u[2 * i]! + u[2 * i + 1]!));
  }
}
