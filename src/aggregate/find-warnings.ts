import { assetCells } from '../plan/asset-cells.ts';
import type { Cell, PlannedScenario } from '../plan/plan.ts';
import { timeStepsOf } from '../plan/time-steps.ts';
import type { CellDiagnostics } from '../simulate/prepare-cell.ts';
import { optimalMyopicHalfSpread } from '../solve/closed-forms.ts';
import { beliefOf } from '../strategies/belief.ts';
import type { Comparison } from './comparison.ts';
import type { Summary } from './summary.ts';
import type { Warning } from './warnings.ts';

/** Bounds that bind in fewer of the grid's states than this shape the edges of the quotes, not the quotes. */
const NOTABLE_SHARE = 0.05;
/** Above this λ dt a step loses more than 5 % of its fills to the one-fill-a-side limit: 1 − (1 − e^(−x))/x ≈ x/2. */
const COARSE_INTENSITY_STEP = 0.1;
/** Below this a 5th percentile and a CVaR rest on fewer than 50 paths. */
const FEW_PATHS = 1000;

/** What a cell's preparation showed. */
export function cellWarnings(
  { scenario, strategy }: Cell,
  { bounds, intensitySteps }: CellDiagnostics,
  { max_abs_q_mean, certainty_equivalent_se, paths }: Summary,
): Warning[] {
  const { simulator, index } = scenario;
  const model = beliefOf({ scenario, strategy });
  const place = { scenario: index, strategy: strategy.name };
  const warnings: Warning[] = [];
  assetCells({ scenario, strategy }).forEach((asset, i) => {
    const shares = bounds[i];
    if (shares === undefined || shares.binding < NOTABLE_SHARE) return;
    const belief = beliefOf(asset);
    warnings.push({
      kind: 'quote_bounds_bind',
      ...place,
      ...(scenario.portfolio === undefined ? {} : { asset: scenario.portfolio.assets[i]!.name }),
      shares,
      deltaMin: belief.delta_min,
      deltaMax: belief.delta_max,
      myopicHalfSpread: optimalMyopicHalfSpread(belief),
    });
  });
  if (intensitySteps !== undefined) {
    // Inventories that paths hardly see may be quoted at any distance: only those within the usual largest one count.
    const middle = (intensitySteps.length - 1) / 2;
    const usual = Math.ceil(max_abs_q_mean / simulator.order_size);
    const seen = intensitySteps.subarray(Math.max(0, middle - usual), middle + usual + 1);
    const intensityStep = seen.reduce((most, step) => Math.max(most, step), 0);
    const { dt } = timeStepsOf(simulator);
    if (intensityStep > COARSE_INTENSITY_STEP) {
      warnings.push({ kind: 'coarse_time_step', ...place, intensityStep, fill: simulator.fill, dt });
    }
  }
  const effectivePaths = paths / (1 + paths * (model.gamma * certainty_equivalent_se) ** 2);
  if (effectivePaths < Math.min(FEW_PATHS, paths / 10)) {
    warnings.push({ kind: 'certainty_equivalent_unreliable', ...place, effectivePaths, paths });
  }
  return warnings;
}

/** What shows once all strategies of a scenario are in. */
export function scenarioWarnings(
  { index, simulator, paths }: PlannedScenario,
  comparisons: readonly (Comparison & { readonly strategy: string; readonly baseline: string })[],
): Warning[] {
  const warnings: Warning[] = [];
  const { dt } = timeStepsOf(simulator);
  if (simulator.scheme === 'stepped' && Math.abs(dt / simulator.dt - 1) > 1e-6) {
    warnings.push({ kind: 'time_step_adjusted', scenario: index, configured: simulator.dt, used: dt });
  }
  const told = new Set<string>();
  for (const { strategy, baseline, mean_difference, se } of comparisons) {
    // Once for each strategy, against the earliest that it equals.
    if (mean_difference === 0 && se === 0 && !told.has(strategy)) {
      told.add(strategy);
      warnings.push({ kind: 'identical_strategies', scenario: index, strategy, baseline });
    }
  }
  if (paths < FEW_PATHS) warnings.push({ kind: 'few_paths', scenario: index, paths });
  return warnings;
}
