import type { Cell } from '../plan/plan.ts';
import { beliefOf } from '../strategies/belief.ts';
import type { ExactLaw } from './exact-law.ts';

/** The simulated figures that have an exact counterpart, with their standard errors: columns of summary.csv. */
export type SimulatedFigures = Readonly<
  Record<
    | 'paths'
    | 'mean'
    | 'mean_se'
    | 'std'
    | 'std_se'
    | 'p05'
    | 'p05_se'
    | 'p50'
    | 'p95'
    | 'p95_se'
    | 'cvar95'
    | 'cvar95_se'
    | 'fills_mean'
    | 'final_q_mean'
    | 'final_q_std'
    | 'certainty_equivalent'
    | 'certainty_equivalent_se'
    | 'percentile_error',
    number
  >
>;

/** One figure, simulated and exact. */
export interface FigureComparison {
  readonly figure: string;
  readonly simulated: number;
  readonly exact: number;
  /** Standard error of the simulated one. */
  readonly se: number;
  /** Part of the difference that is not for chance to explain: errors of the exact figure and of tabulated quotes. */
  readonly allowance: number;
  /** (simulated − exact)/se, the allowance taken off the difference first. */
  readonly z: number;
}

/** Paths below which a sample's tail is too short for its standard errors. */
const TAIL_PATHS = 1000;
/** Paths that must carry the mean of e^(−γW) for the certainty equivalent to be compared (Kish's effective number). */
const EFFECTIVE_PATHS = 100;
/** What the event scheme's tabulated quotes may move PnL by, as a share of its mean: docs/math_model.md. */
const TABULATED = 1e-5;

/**
 * Sets a cell's simulated figures beside the exact ones. Standard errors of mean, std, p05, p95 and CVaR are the simulation's
 * own, the others those of the exact law; with antithetic pairs the latter are times √2, their upper bound. Left out: the tail
 * of fewer than 1000 paths, a percentile that is an atom, a certainty equivalent that fewer than 100 effective paths carry.
 */
export function compareFigures(
  exact: ExactLaw,
  simulated: SimulatedFigures,
  cell: Pick<Cell, 'scenario' | 'strategy'>,
): FigureComparison[] {
  const { simulator, variance_reduction } = cell.scenario;
  const { gamma } = beliefOf(cell);
  const n = simulated.paths;
  const pairs = variance_reduction === 'antithetic' ? Math.SQRT2 : 1;
  const tabulated = simulator.scheme === 'event' ? TABULATED * Math.abs(exact.mean) : 0;
  const sketch = Number.isFinite(simulated.percentile_error) ? simulated.percentile_error : 0;
  const inverted = exact.uncertainty + tabulated + sketch;
  const comparisons: FigureComparison[] = [];
  const add = (figure: keyof ExactLaw & keyof SimulatedFigures, se: number, allowance: number): void => {
    const [a, b] = [simulated[figure], exact[figure]];
    const allowed = allowance + 1e-9 * Math.max(1, Math.abs(b));
    const excess = Math.max(0, Math.abs(a - b) - allowed);
    const z = excess === 0 ? 0 : (Math.sign(a - b) * excess) / se;
    if (!Number.isNaN(b)) comparisons.push({ figure, simulated: a, exact: b, se, allowance: allowed, z });
  };
  add('mean', simulated.mean_se, tabulated);
  add('std', simulated.std_se, tabulated);
  const { p05, p50, p95 } = exact.density;
  if (n >= TAIL_PATHS && Number.isFinite(p05)) add('p05', simulated.p05_se, inverted);
  if (Number.isFinite(p50)) add('p50', (pairs * 0.5) / Math.sqrt(n) / p50, inverted);
  if (n >= TAIL_PATHS && Number.isFinite(p95)) add('p95', simulated.p95_se, inverted);
  if (n >= TAIL_PATHS && Number.isFinite(p05)) add('cvar95', simulated.cvar95_se, inverted);
  const deviation = exact.certainty_equivalent_deviation;
  if (gamma === 0) add('certainty_equivalent', simulated.certainty_equivalent_se, tabulated);
  else if (n >= EFFECTIVE_PATHS * (1 + (gamma * deviation) ** 2)) {
    add('certainty_equivalent', (pairs * deviation) / Math.sqrt(n), tabulated);
  }
  add('fills_mean', (pairs * exact.fills_std) / Math.sqrt(n), TABULATED * exact.fills_mean);
  add('final_q_mean', (pairs * exact.final_q_std) / Math.sqrt(n), 0);
  add('final_q_std', pairs * exact.final_q_std * Math.sqrt((exact.final_q_kurtosis + 2) / (4 * n)), 0);
  return comparisons;
}
