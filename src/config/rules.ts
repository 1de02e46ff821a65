import { namesOf } from './dotted-path.ts';
import { MAX_LOTS, MAX_ORDERS, MAX_STEPS, MAX_TABLE } from './fields.ts';
import { describeValue } from './issue-text.ts';
import { type Path, shortNumber } from './path.ts';
import { expectedText, type Problem } from './problem.ts';

/** The numbers that the rules weigh; undefined where a value is wrong by itself, which is reported already. */
export interface Market {
  readonly T: number | undefined;
  readonly dt: number | undefined;
  readonly Q_max: number | null | undefined;
  readonly order_size: number | undefined;
}

export interface RuleInput {
  readonly paths: number | undefined;
  readonly varianceReduction: string | undefined;
  readonly simulator: Market & {
    readonly q0: number | undefined;
    readonly scheme: string | undefined;
    readonly A: number | undefined;
    readonly drawdown_dt: number | null | undefined;
  };
  /** With the simulator's values where it has none of its own. */
  readonly model: Market & {
    readonly delta_min: number | null | undefined;
    readonly delta_max: number | null | undefined;
  };
  /** True where the model has a Q_max or an order_size of its own, so that its lattice is not the simulator's. */
  readonly modelHasOwnLattice: boolean;
  readonly modelHasOwnHorizon: boolean;
  /** The schemes that the midprice works with; undefined = all. */
  readonly midpriceSchemes: readonly string[] | undefined;
  readonly strategies: readonly unknown[];
  /** True where one of them reads the solved grid. */
  readonly needsGrid: boolean;
}

/** Checks keys against each other. */
export function ruleProblems(input: RuleInput): Problem[] {
  return [
    ...simulatorProblems(input),
    ...workProblems(input.simulator),
    ...modelProblems(input),
    ...pairProblems(input),
    ...nameProblems(input.strategies),
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
function workProblems({ scheme, T, A, drawdown_dt }: RuleInput['simulator']): Problem[] {
  const problems: Problem[] = [];
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

/** Time steps x inventory levels of the quote grid are bounded together: each takes 8 bytes. */
function tableProblems(section: string, T: number, dt: number, Q_max: number, orderSize: number): Problem[] {
  const entries = Math.max(1, T / dt) * (2 * (Q_max / orderSize) + 1);
  // More steps than a path may have are reported as such.
  if (entries <= MAX_TABLE || T / dt > MAX_STEPS) return [];
  const expected = `at most ${shortNumber(MAX_TABLE)} time steps x inventory levels`;
  const cure = 'raise dt, or lower Q_max or T';
  return [
    problem(`${section}.dt`, [`${section}.T`, 'simulator.T', 'simulator.dt'], expected, Math.round(entries), cure),
  ];
}

function pairProblems({ paths, varianceReduction }: RuleInput): Problem[] {
  if (varianceReduction !== 'antithetic' || paths === undefined || paths % 2 === 0) return [];
  return [
    problem('paths', ['variance_reduction'], 'an even number with antithetic pairs', paths, `such as ${paths + 1}`),
  ];
}

function modelProblems(input: RuleInput): Problem[] {
  const { simulator, model, modelHasOwnLattice, modelHasOwnHorizon } = input;
  const problems: Problem[] = [];
  if (model.Q_max === null && input.needsGrid) {
    const expected = 'a number > 0, because simulator.Q_max is null';
    const cure = 'the quote grid needs a bound: add model.Q_max';
    problems.push(problem('model.Q_max', ['simulator.Q_max'], expected, undefined, cure));
  } else if (model.Q_max !== null && modelHasOwnLattice) {
    problems.push(...latticeProblems('model', model, 'change model.Q_max or model.order_size'));
    if (model.Q_max !== undefined && simulator.q0 !== undefined && Math.abs(simulator.q0) > model.Q_max) {
      const expected = `at least the initial inventory, simulator.q0 = ${simulator.q0}, in size`;
      problems.push(problem('model.Q_max', ['simulator.q0'], expected, model.Q_max, 'raise it or start nearer to 0'));
    }
  }
  problems.push(...stepProblems('model', model, modelHasOwnHorizon ? [] : ['simulator.T']));
  const { T, dt, Q_max, order_size, delta_min, delta_max } = model;
  if (T !== undefined && dt !== undefined && typeof Q_max === 'number' && order_size !== undefined) {
    problems.push(...tableProblems('model', T, dt, Q_max, order_size));
  }
  if (typeof delta_min === 'number' && typeof delta_max === 'number' && delta_min > delta_max) {
    const expected = `at most model.delta_max = ${delta_max}`;
    problems.push(problem('model.delta_min', ['model.delta_max'], expected, delta_min, 'null means unbounded'));
  }
  return problems;
}

function stepProblems(section: string, { T, dt }: Market, related: readonly string[] = []): Problem[] {
  if (T === undefined || dt === undefined || T / dt <= MAX_STEPS) return [];
  const expected = `at least T / ${shortNumber(MAX_STEPS)} = ${T / MAX_STEPS}`;
  return [
    problem(
      `${section}.dt`,
      [`${section}.T`, ...related],
      expected,
      dt,
      `more than ${shortNumber(MAX_STEPS)} time steps`,
    ),
  ];
}

function latticeProblems(section: string, { Q_max, order_size }: Market, cure: string): Problem[] {
  if (typeof Q_max !== 'number' || order_size === undefined) return [];
  const key = `${section}.Q_max`;
  const related = [`${section}.order_size`, 'simulator.Q_max', 'simulator.order_size'];
  if (Q_max < order_size) return [problem(key, related, `at least order_size = ${order_size}`, Q_max, cure)];
  // The same rounding as the lattice's own: 0.3 / 0.1 counts as 3.
  if (Math.floor((Q_max / order_size) * (1 + 1e-12)) <= MAX_LOTS) return [];
  return [problem(key, related, `at most ${MAX_LOTS} times order_size = ${order_size}`, Q_max, cure)];
}

function nameProblems(strategies: readonly unknown[]): Problem[] {
  const names = namesOf(strategies);
  return names.flatMap((name, i) => {
    const first = names.indexOf(name);
    if (name === '' || first === i) return [];
    const path = ['strategies', i, 'name'];
    const text = expectedText('a unique name', `${describeValue(name)} as in strategies.${first}`, 'give each a name:');
    return [{ key: `strategies.${i}`, text, path, at: 'value', related: [['strategies', i]] }];
  });
}

function problem(key: string, related: readonly string[], expected: string, got: unknown, cure: string): Problem {
  const paths: Path[] = related.map((path) => path.split('.'));
  const text = expectedText(expected, describeValue(got), cure);
  return { key, text, path: key.split('.'), at: 'value', related: paths };
}

/** To a relative tolerance of 1e-9, so that 0.3 is a multiple of 0.1. */
function isMultiple(value: number, unit: number): boolean {
  const lots = value / unit;
  return Math.abs(lots - Math.round(lots)) <= 1e-9 * Math.max(1, Math.abs(lots));
}
