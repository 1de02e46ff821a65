import { blockSize } from '../plan/blocks.ts';
import type { RunPlan } from '../plan/plan.ts';
import { pathsBytes } from '../simulate/memory-estimate.ts';
import { workOfPath } from '../simulate/work-estimate.ts';
import { formatCount } from '../util/format.ts';

/** What a run would do: cells, blocks, path-steps and the memory of its results; as text or one JSON document. */
export function planText(plan: RunPlan, json: boolean): string {
  let blocks = 0;
  let paths = 0;
  let steps = 0;
  for (const { scenario } of plan.cells) {
    const work = workOfPath(scenario.simulator);
    blocks += Math.ceil(scenario.paths / blockSize(work));
    paths += scenario.paths;
    steps += scenario.paths * work;
  }
  const resultBytes = pathsBytes(plan);
  const facts = { scenarios: plan.scenarios.length, cells: plan.cells.length, paths, blocks, steps, resultBytes };
  if (json) return `${JSON.stringify({ name: plan.name, hash: plan.hash, ...facts }, undefined, 2)}\n`;
  return [
    `${plan.name} (${plan.hash})`,
    `  scenarios   ${formatCount(facts.scenarios)}${plan.sweptPaths.length > 0 ? ` over ${plan.sweptPaths.join(', ')}` : ''}`,
    `  cells       ${formatCount(facts.cells)} (scenario x strategy)`,
    `  paths       ${formatCount(paths)} in ${formatCount(blocks)} blocks`,
    `  steps       ${formatCount(steps)} (time steps, or expected market orders of the event scheme)`,
    `  memory      ${Math.ceil(resultBytes / 2 ** 20)} MiB for the paths of one scenario`,
    '',
  ].join('\n');
}
