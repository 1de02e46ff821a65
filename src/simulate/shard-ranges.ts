import { type Block, blockSize } from '../plan/blocks.ts';
import type { PlannedScenario, RunPlan } from '../plan/plan.ts';
import type { Shard } from '../plan/shard.ts';
import { CHUNK_PATHS, statisticsModeOf } from './memory-estimate.ts';
import { workOfPath } from './work-estimate.ts';

/** Consecutive paths of a scenario, for all of its strategies. */
export interface ScenarioRange extends Block {
  readonly scenario: PlannedScenario;
}

interface Place {
  readonly scenario: number;
  readonly path: number;
}

/**
 * What a shard simulates, in the order of the plan: all scenarios lie end to end, as long as their paths take work, and the line
 * is cut into `count` equal pieces. A function of plan and shard alone. Cuts are between blocks, in sketch mode between chunks,
 * and around a scenario whose number of paths hangs on its `precision`, so that nothing is computed otherwise than in one piece;
 * where these are few a shard may be empty.
 */
export function shardRanges({ scenarios }: RunPlan, { index, count }: Shard): ScenarioRange[] {
  const work = scenarios.map(workOf);
  const all = work.reduce((sum, one) => sum + one, 0);
  const begin = placeAt(scenarios, work, (all * (index - 1)) / count);
  const end =
    index === count ? { scenario: scenarios.length, path: 0 } : placeAt(scenarios, work, (all * index) / count);
  return scenarios.slice(begin.scenario, end.scenario + 1).flatMap((scenario, i): ScenarioRange[] => {
    const at = begin.scenario + i;
    const firstPath = at === begin.scenario ? begin.path : 0;
    const last = at === end.scenario ? end.path : scenario.paths;
    return last > firstPath ? [{ scenario, firstPath, paths: last - firstPath }] : [];
  });
}

function workOf(scenario: PlannedScenario): number {
  return scenario.paths * scenario.strategies.length * workOfPath(scenario);
}

/** Where the line is cut that so much work lies before. */
function placeAt(scenarios: readonly PlannedScenario[], work: readonly number[], target: number): Place {
  let before = 0;
  for (const [i, scenario] of scenarios.entries()) {
    const own = work[i]!;
    if (before + own >= target) {
      const unit = unitOf(scenario);
      const units = Math.round((((target - before) / own) * scenario.paths) / unit);
      const path = Math.min(scenario.paths, units * unit);
      return path === scenario.paths ? { scenario: i + 1, path: 0 } : { scenario: i, path };
    }
    before += own;
  }
  return { scenario: scenarios.length, path: 0 };
}

/** Paths that stay together. */
function unitOf(scenario: PlannedScenario): number {
  if (scenario.precision !== undefined) return scenario.paths;
  return statisticsModeOf(scenario) === 'exact' ? blockSize(workOfPath(scenario)) : CHUNK_PATHS;
}
