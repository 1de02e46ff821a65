import { MAX_LOTS, MAX_STEPS } from './fields.ts';
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

/**
 * A broken rule at a dotted key, `strategies.0.model.dt` too; `related` are dotted keys that take part, the first of which
 * that the file holds is pointed at where it does not hold the key itself.
 */
export function problem(
  key: string,
  related: readonly string[],
  expected: string,
  got: unknown,
  cure: string,
): Problem {
  const text = expectedText(expected, describeValue(got), cure);
  return { key, text, path: pathOf(key), at: 'value', related: related.map(pathOf) };
}

/** Positions in lists are numbers; no key of a mapping that a rule names is made of digits. */
function pathOf(key: string): Path {
  return key.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}

export function stepProblems(section: string, { T, dt }: Market, related: readonly string[] = []): Problem[] {
  if (T === undefined || dt === undefined || T / dt <= MAX_STEPS) return [];
  const expected = `at least T / ${shortNumber(MAX_STEPS)} = ${T / MAX_STEPS}`;
  const cure = `more than ${shortNumber(MAX_STEPS)} time steps`;
  return [problem(`${section}.dt`, [`${section}.T`, ...related], expected, dt, cure)];
}

export function latticeProblems(
  section: string,
  { Q_max, order_size }: Market,
  cure: string,
  related: readonly string[] = [],
): Problem[] {
  if (typeof Q_max !== 'number' || order_size === undefined) return [];
  const key = `${section}.Q_max`;
  const keys = [`${section}.order_size`, ...related, 'simulator.Q_max', 'simulator.order_size'];
  if (Q_max < order_size) return [problem(key, keys, `at least order_size = ${order_size}`, Q_max, cure)];
  // The same rounding as the lattice's own: 0.3 / 0.1 counts as 3.
  if (Math.floor((Q_max / order_size) * (1 + 1e-12)) <= MAX_LOTS) return [];
  return [problem(key, keys, `at most ${MAX_LOTS} times order_size = ${order_size}`, Q_max, cure)];
}
