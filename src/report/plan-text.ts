import { blockSize } from '../plan/blocks.ts';
import type { PlannedScenario, RunPlan } from '../plan/plan.ts';
import { chunkSize } from '../simulate/cell-chunks.ts';
import { pathsBytes, statisticsModeOf } from '../simulate/memory-estimate.ts';
import { workOfPath } from '../simulate/work-estimate.ts';
import { formatCount } from '../util/format.ts';

/** What a run would do: cells, blocks, path-steps and the memory of its results; as text or one JSON document. */
export function planText(plan: RunPlan, json: boolean): string {
  let blocks = 0;
  let paths = 0;
  let steps = 0;
  for (const { scenario } of plan.cells) {
    const work = workOfPath(scenario);
    blocks += blocksIn(scenario, blockSize(work));
    paths += scenario.paths;
    steps += scenario.paths * work;
  }
  const resultBytes = pathsBytes(plan);
  const sketched = plan.scenarios.filter((scenario) => statisticsModeOf(scenario) === 'sketch').length;
  const facts = {
    scenarios: plan.scenarios.length,
    cells: plan.cells.length,
    paths,
    blocks,
    steps,
    resultBytes,
    sketchedScenarios: sketched,
  };
  if (json) return `${JSON.stringify({ name: plan.name, hash: plan.hash, ...facts }, undefined, 2)}\n`;
  return [
    `${plan.name} (${plan.hash})`,
    `  scenarios   ${formatCount(facts.scenarios)}${plan.sweptPaths.length > 0 ? ` over ${plan.sweptPaths.join(', ')}` : ''}`,
    `  cells       ${formatCount(facts.cells)} (scenario x strategy)`,
    `  paths       ${formatCount(paths)} in ${formatCount(blocks)} blocks`,
    `  steps       ${formatCount(steps)} (time steps, or expected market orders of the event scheme)`,
    `  memory      ${Math.ceil(resultBytes / 2 ** 20)} MiB for the paths of one scenario${sketched > 0 ? ' at a time' : ''}`,
    `  statistics  ${statisticsText(sketched, plan.scenarios.length)}`,
    '',
  ].join('\n');
}

/** Blocks of one cell; chunks are cut into blocks one by one. */
function blocksIn(scenario: PlannedScenario, size: number): number {
  const chunk = chunkSize(scenario, statisticsModeOf(scenario));
  const whole = Math.floor(scenario.paths / chunk);
  return whole * Math.ceil(chunk / size) + Math.ceil((scenario.paths - whole * chunk) / size);
}

function statisticsText(sketched: number, scenarios: number): string {
  if (sketched === 0) return 'exact: all paths of a scenario are held and sorted';
  const where = sketched < scenarios ? ` in ${formatCount(sketched)} of ${formatCount(scenarios)} scenarios` : '';
  return `sketch${where}: paths go through memory in chunks; percentiles within percentile_error`;
}
