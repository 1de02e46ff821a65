import type { OwnSteps } from './catalogue.ts';
import { MAX_ORDERS, MAX_STEPS } from './fields.ts';
import { allModelProblems, type ModelInput } from './model-rules.ts';
import { shortNumber } from './path.ts';
import type { Problem } from './problem.ts';
import { latticeProblems, type Market, problem, stepProblems } from './rule-problem.ts';
import { strategyProblems } from './strategy-rules.ts';

export interface RuleInput {
  readonly paths: number | undefined;
  readonly varianceReduction: string | undefined;
  readonly simulator: Market & {
    readonly q0: number | undefined;
    readonly scheme: string | undefined;
    readonly A: number | undefined;
    readonly drawdown_dt: number | null | undefined;
  };
  /** The section, with the simulator's values where it has none of its own, and the strategies' own models. */
  readonly models: readonly ModelInput[];
  /** The schemes that the midprice works with; undefined = all. */
  readonly midpriceSchemes: readonly string[] | undefined;
  /** The midprice's own steps on a path; undefined = none, or what decides them is wrong by itself. */
  readonly ownSteps: OwnSteps | undefined;
  /** The keys that ask for walks along the price path. */
  readonly pathwiseKeys: readonly string[];
  readonly fill: string | undefined;
  /** True where the arrivals' rate is random. */
  readonly randomRate: boolean;
  readonly strategies: readonly unknown[];
}

/** Checks keys against each other. */
export function ruleProblems(input: RuleInput): Problem[] {
  return [
    ...simulatorProblems(input),
    ...workProblems(input),
    ...allModelProblems(input.models, input.simulator.q0),
    ...pairProblems(input),
    ...pathwiseProblems(input),
    ...strategyProblems(input.strategies),
  ];
}

function simulatorProblems({ simulator, midpriceSchemes }: RuleInput): Problem[] {
  const { T, dt, Q_max, order_size, q0, scheme } = simulator;
  const problems: Problem[] = [];
  if (scheme !== 'event' && T !== undefined && dt !== undefined && dt > T) {
    problems.push(problem('simulator.dt', ['simulator.T'], `at most simulator.T = ${T}`, dt, 'give a smaller dt'));
  }
  if (scheme === 'stepped') problems.push(...stepProblems('simulator', simulator));
  problems.push(...latticeProblems('simulator', simulator, 'write null for no bound, or change order_size'));
  if (q0 !== undefined && order_size !== undefined && !isMultiple(q0, order_size)) {
    const expected = `a multiple of simulator.order_size = ${order_size}`;
    const nearest = Math.round(q0 / order_size) * order_size;
    problems.push(problem('simulator.q0', ['simulator.order_size'], expected, q0, `the nearest is ${nearest}`));
  }
  if (q0 !== undefined && typeof Q_max === 'number' && Math.abs(q0) > Q_max) {
    const expected = `an inventory within simulator.Q_max = ${Q_max}`;
    problems.push(problem('simulator.q0', ['simulator.Q_max'], expected, q0, 'raise Q_max or start nearer to 0'));
  }
  if (scheme !== undefined && midpriceSchemes !== undefined && !midpriceSchemes.includes(scheme)) {
    const expected = `${midpriceSchemes.join(' or ')} with this midprice`;
    const cure = 'change the scheme or simulator.midprice';
    problems.push(problem('simulator.scheme', ['simulator.midprice'], expected, scheme, cure));
  }
  return problems;
}

/** What would take more time than a path may. */
function workProblems({ simulator: { scheme, T, A, drawdown_dt }, ownSteps }: RuleInput): Problem[] {
  const problems: Problem[] = [];
  if (ownSteps !== undefined && ownSteps.count > MAX_STEPS) {
    const { key, what, count } = ownSteps;
    const expected = `at most ${shortNumber(MAX_STEPS)} ${what} a path`;
    const related = ['simulator.midprice', 'simulator.T', 'simulator.dt'];
    problems.push(
      problem(`simulator.midprice.${key}`, related, expected, Number(count.toPrecision(6)), `change ${key} or lower T`),
    );
  }
  if (T === undefined) return problems;
  if (scheme === 'event' && A !== undefined && 2 * A * T > MAX_ORDERS) {
    const expected = `at most ${shortNumber(MAX_ORDERS)} market orders a path`;
    problems.push(problem('simulator.A', ['simulator.T'], expected, 2 * A * T, 'lower A or T'));
  }
  if (scheme === 'event' && typeof drawdown_dt === 'number' && T / drawdown_dt > MAX_STEPS) {
    const expected = `at least T / ${shortNumber(MAX_STEPS)} = ${T / MAX_STEPS}`;
    problems.push(problem('simulator.drawdown_dt', ['simulator.T'], expected, drawdown_dt, 'or null'));
  }
  return problems;
}

function pairProblems({ paths, varianceReduction }: RuleInput): Problem[] {
  if (varianceReduction !== 'antithetic' || paths === undefined || paths % 2 === 0) return [];
  return [
    problem('paths', ['variance_reduction'], 'an even number with antithetic pairs', paths, `such as ${paths + 1}`),
  ];
}

function pathwiseProblems({ pathwiseKeys, varianceReduction, simulator, fill, randomRate }: RuleInput): Problem[] {
  const problems: Problem[] = [];
  const [first] = pathwiseKeys;
  if (first !== undefined && varianceReduction === 'control') {
    const expected = `none or antithetic with ${first} as it is`;
    const cure =
      'the control variate needs quotes of time and inventory, a Brownian or binomial midprice and Poisson orders';
    problems.push(problem('variance_reduction', [first], expected, varianceReduction, cure));
  }
  if (randomRate && fill === 'linear' && simulator.scheme === 'stepped') {
    const cure = 'its rate is random, and orders are simulated one by one';
    problems.push(problem('simulator.fill', ['simulator.arrivals'], 'poisson with these arrivals', fill, cure));
  }
  return problems;
}

/** To a relative tolerance of 1e-9, so that 0.3 is a multiple of 0.1. */
function isMultiple(value: number, unit: number): boolean {
  const lots = value / unit;
  return Math.abs(lots - Math.round(lots)) <= 1e-9 * Math.max(1, Math.abs(lots));
}
