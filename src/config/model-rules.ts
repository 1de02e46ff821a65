import { MAX_STEPS, MAX_TABLE } from './fields.ts';
import { shortNumber } from './path.ts';
import type { Problem } from './problem.ts';
import { latticeProblems, type Market, problem, stepProblems } from './rule-problem.ts';

/** What the rules weigh of one model: the section `model`, or a strategy's own `strategies.<i>.model`. */
export interface ModelInput extends Market {
  readonly section: string;
  readonly delta_min: number | null | undefined;
  readonly delta_max: number | null | undefined;
  /** True where the section has a Q_max or an order_size of its own, so that its lattice is not the simulator's. */
  readonly ownLattice: boolean;
  readonly ownHorizon: boolean;
  /** True where a strategy reads the solved grid of this model. */
  readonly needsGrid: boolean;
}

/** Checks the section and then the strategies' models, which do not repeat what is wrong with the section. */
export function allModelProblems(models: readonly ModelInput[], q0: number | undefined): Problem[] {
  const [main, ...others] = models.map((model) => modelProblems(model, q0));
  const known = new Set(main?.map(({ key }) => keyIn('model', key)));
  const own = others.flatMap((problems, i) =>
    problems.filter(({ key }) => !known.has(keyIn(models[i + 1]!.section, key))),
  );
  return [...(main ?? []), ...own];
}

function keyIn(section: string, key: string): string {
  return key.slice(section.length);
}

function modelProblems(model: ModelInput, q0: number | undefined): Problem[] {
  const { section, Q_max, delta_min, delta_max } = model;
  const problems: Problem[] = [];
  // Where a strategy's model lacks a key, the section's counts.
  const also = (key: string): string[] => (section === 'model' ? [] : [`model.${key}`]);
  if (Q_max === null && model.needsGrid) {
    const expected = 'a number > 0, because simulator.Q_max is null';
    const cure = 'the quote grid needs a bound: add model.Q_max';
    problems.push(problem(`${section}.Q_max`, ['simulator.Q_max'], expected, undefined, cure));
  } else if (Q_max !== null && model.ownLattice) {
    const cure = `change ${section}.Q_max or ${section}.order_size`;
    problems.push(...latticeProblems(section, model, cure, [...also('Q_max'), ...also('order_size')]));
    if (Q_max !== undefined && q0 !== undefined && Math.abs(q0) > Q_max) {
      const expected = `at least the initial inventory, simulator.q0 = ${q0}, in size`;
      problems.push(problem(`${section}.Q_max`, ['simulator.q0'], expected, Q_max, 'raise it or start nearer to 0'));
    }
  }
  const horizon = model.ownHorizon ? [] : ['simulator.T'];
  problems.push(...stepProblems(section, model, [...also('dt'), ...also('T'), ...horizon]));
  problems.push(...tableProblems(section, model, [...also('dt'), ...also('T')]));
  if (typeof delta_min === 'number' && typeof delta_max === 'number' && delta_min > delta_max) {
    const expected = `at most ${section}.delta_max = ${delta_max}`;
    const related = [`${section}.delta_max`, ...also('delta_min'), ...also('delta_max')];
    problems.push(problem(`${section}.delta_min`, related, expected, delta_min, 'null means unbounded'));
  }
  return problems;
}

/** Time steps x inventory levels of the quote grid are bounded together: each takes 8 bytes. */
function tableProblems(section: string, { T, dt, Q_max, order_size }: Market, related: readonly string[]): Problem[] {
  if (T === undefined || dt === undefined || typeof Q_max !== 'number' || order_size === undefined) return [];
  const entries = Math.max(1, T / dt) * (2 * (Q_max / order_size) + 1);
  // More steps than a path may have are reported as such.
  if (entries <= MAX_TABLE || T / dt > MAX_STEPS) return [];
  const expected = `at most ${shortNumber(MAX_TABLE)} time steps x inventory levels`;
  const keys = [`${section}.T`, ...related, 'simulator.T', 'simulator.dt'];
  return [problem(`${section}.dt`, keys, expected, Math.round(entries), 'raise dt, or lower Q_max or T')];
}
