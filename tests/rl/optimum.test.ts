import { describe, expect, it } from 'vitest';
import { catalogue } from '../../src/catalogue.ts';
import { checkExperiment } from '../../src/config/load.ts';
import { type PlannedScenario, planRun, type RunPlan } from '../../src/plan/plan.ts';
import { ControlledValues } from '../../src/rl/controlled-values.ts';
import { evaluationText } from '../../src/rl/evaluation-text.ts';
import { exactValue, optimumOf } from '../../src/rl/optimum.ts';
import { stepOptimum } from '../../src/rl/step-optimum.ts';
import { simulatePlan } from '../../src/run-experiment.ts';

const simulator = { sigma: 0.5, A: 20, k: 1.5, dt: 0.02, Q_max: 5, scheme: 'event' };
const model = { running: 0.5, phi: 0.1, delta_min: null, delta_max: null };
const inventoryAware = { type: 'inventory_aware', half_spread: 0.66, skew: 0.1 };

function planOf(over: Record<string, Record<string, unknown>>, rest: Record<string, unknown> = {}): RunPlan {
  const section = (name: string, base: object): object => ({ ...base, ...over[name] });
  const experiment = {
    simulator: section('simulator', simulator),
    model: section('model', { ...model, gamma: 0 }),
    rl: section('rl', { reward: 'inventory_penalty', min_half_spread: -0.6, max_half_spread: 2 }),
    strategies: ['hjb', 'constant', inventoryAware],
    ...rest,
  };
  return planRun(checkExperiment(experiment, catalogue));
}

function scenarioOf(over: Record<string, Record<string, unknown>>): PlannedScenario {
  return planOf(over).scenarios[0]!;
}

describe('the best of the environment', () => {
  it.each([0, 0.3])('comes to θ(0, q0) as its steps become short, at gamma %d', (gamma) => {
    const at = (dt: number): number => stepOptimum(scenarioOf({ simulator: { dt, q0: 1 }, model: { gamma } }));
    const optimum = optimumOf(scenarioOf({ simulator: { q0: 1 }, model: { gamma } }));
    const theta = 'value' in optimum ? optimum.value : Number.NaN;
    const [coarse = 0, middle = 0, fine = 0] = [0.008, 0.004, 0.002].map(at);
    expect(Math.abs(fine - theta)).toBeGreaterThan(5e-3);
    // The error is a series in dt, whose first two terms three steps tell (Richardson).
    const [once, twice] = [2 * middle - coarse, 2 * fine - middle];
    expect(Math.abs((4 * twice - once) / 3 - theta)).toBeLessThan(1e-4);
  });

  it('is the largest of all pairs of half spreads, tried one by one', () => {
    const market = { dt: 0.25, Q_max: 2, maker_fee: 0.05, mu: 0.4, order_size: 1 };
    const levels = 200;
    const best = stepOptimum(scenarioOf({ simulator: market, model: { gamma: 0.2 } }));
    const [low, high, dt, gamma] = [-0.6, 2, 0.25, 0.2];
    const distances = Array.from({ length: levels }, (_, i) => low + ((high - low) * i) / (levels - 1));
    const chance = (distance: number): number => 1 - Math.exp(-20 * Math.exp(-1.5 * distance) * dt);
    // e^(−γ·certainty equivalent) over q = −2 … 2, step by step from the end.
    let loss = [-2, -1, 0, 1, 2].map((q) => Math.exp(gamma * 0.1 * q * q));
    for (let i = 0; i < 4; i++) {
      const held = loss.map((x, j) => {
        const q = j - 2;
        return x * Math.exp(-gamma * (0.4 * q - 0.5 * q * q) * dt + 0.5 * (gamma * 0.5 * q) ** 2 * dt);
      });
      loss = held.map((stay, j) => {
        let least = Number.POSITIVE_INFINITY;
        for (const bid of distances) {
          for (const ask of distances) {
            const p = j < 4 ? chance(bid) : 0;
            const r = j > 0 ? chance(ask) : 0;
            const [b, a] = [Math.exp(-gamma * (bid - 0.05)), Math.exp(-gamma * (ask - 0.05))];
            const up = p * (1 - r) * b * (held[j + 1] ?? 0);
            const down = r * (1 - p) * a * (held[j - 1] ?? 0);
            least = Math.min(least, ((1 - p) * (1 - r) + p * r * a * b) * stay + up + down);
          }
        }
        return least;
      });
    }
    const tried = -Math.log(loss[2]!) / gamma;
    // Neighbouring pairs are 0.013 apart, which costs less than 1e-4 where the value is flat.
    expect(best - tried).toBeGreaterThanOrEqual(-1e-12);
    expect(best - tried).toBeLessThan(1e-4);
    const discrete = stepOptimum(scenarioOf({ simulator: market, model: { gamma }, rl: { action_levels: 20 } }));
    expect(discrete).toBeLessThan(best);
  });

  it('is above what any strategy comes to in the same steps, and close to hjb', () => {
    const scenario = scenarioOf({ simulator: { scheme: 'stepped' } });
    const best = stepOptimum(scenario);
    const [hjb, constant, aware] = scenario.strategies.map((strategy) => exactValue({ scenario, strategy }));
    for (const value of [hjb, constant, aware]) expect(best).toBeGreaterThan(value!);
    expect(best - hjb!).toBeLessThan(0.01 * best);
  });

  it('is not known where inventory alone does not tell the state', () => {
    expect(stepOptimum(scenarioOf({ simulator: { midprice: 'heston', scheme: 'stepped' } }))).toBeNaN();
    expect(stepOptimum(scenarioOf({ simulator: { impact: 0.1 } }))).toBeNaN();
  });
});

describe('values with hjb as the control', () => {
  it.each([
    ['gamma 0', { model: { gamma: 0 } }, {}],
    ['gamma 0.3', { model: { gamma: 0.3 } }, {}],
    ['antithetic pairs', { model: { gamma: 0.3 } }, { variance_reduction: 'antithetic' }],
  ])('are the exact ones within their error, which is smaller: %s', async (_name, over, rest) => {
    const plan = planOf(over, { paths: 4000, seed: 11, ...rest });
    const [scenario] = plan.scenarios;
    const optimum = optimumOf(scenario!);
    const theta = 'value' in optimum ? optimum.value : Number.NaN;
    const values = new ControlledValues(scenario!, theta);
    const result = await simulatePlan(plan, { workers: 0, onChunk: (outcome) => values.add(outcome) });
    for (const cell of plan.cells.slice(1)) {
      const { value, se } = values.valueOf(cell.strategy.name);
      expect(Math.abs(value - exactValue(cell)) / se).toBeLessThan(3.5);
      const row = result.scenarios[0]?.strategies.find(({ strategy }) => strategy === cell.strategy.name);
      const plain = row?.state === 'done' ? row.summary.certainty_equivalent_se : Number.NaN;
      if (cell.strategy.type === 'inventory_aware') expect(se).toBeLessThan(plain!);
      else expect(se).toBeLessThan(1.05 * plain!);
    }
    expect(values.valueOf('hjb')).toEqual({ value: theta, se: 0 });
    expect(values.valueOf('none').value).toBeNaN();
  });
});

describe('the text of an evaluation', () => {
  const none = Number.NaN;
  const row = {
    ...{
      value: -9,
      value_se: 1,
      exact_value: -9,
      optimal_value: none,
      regret: none,
      regret_se: none,
      exact_regret: none,
    },
    ...{ step_value: none, step_optimal_value: none, step_regret: none },
    ...{ episodes: 0, total_reward: none, total_reward_se: none, reward_difference: none, reward_difference_se: none },
  };

  it('gives shares of a positive optimum only', () => {
    const at = (value: number, ...rows: Parameters<typeof evaluationText>[0]['rows'][number][]) =>
      evaluationText({ rows, optimum: { value } });
    expect(at(-5, { ...row, strategy: 'ppo' })).toBe('The optimal value is -5, of which no share can be told.\n');
    const known = { ...row, strategy: 'ppo', regret: 0.1, regret_se: 0.01, exact_regret: 0.11 };
    const hjb = { ...row, strategy: 'hjb', regret: 0, regret_se: 0 };
    const failed = { ...row, strategy: 'constant' };
    expect(at(5, known, hjb, failed)).toBe(
      'The optimal value is 5; short of it fall: ppo 10.0 ± 1.0 %, exactly 11.00 %; hjb 0.00 %.\n',
    );
  });
});
