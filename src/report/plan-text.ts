import { blocksOf } from '../plan/blocks.ts';
import type { RunPlan } from '../plan/plan.ts';
import { pathColumnsBytes } from '../simulate/results-buffer.ts';
import { timeStepsOf } from '../simulate/stepped/time-steps.ts';
import { formatCount } from '../util/format.ts';

/** What a run would do: cells, blocks, path-steps and the memory of its results; as text or one JSON document. */
export function planText(plan: RunPlan, json: boolean): string {
  let blocks = 0;
  let paths = 0;
  let pathSteps = 0;
  let resultBytes = 0;
  for (const { scenario } of plan.cells) {
    const steps = timeStepsOf(scenario.simulator).count;
    for (const _ of blocksOf(scenario.paths, steps)) blocks++;
    paths += scenario.paths;
    pathSteps += scenario.paths * steps;
  }
  // The paths of one scenario are held at a time.
  for (const { strategies, paths: count } of plan.scenarios) {
    resultBytes = Math.max(resultBytes, strategies.length * pathColumnsBytes(count));
  }
  const facts = { scenarios: plan.scenarios.length, cells: plan.cells.length, paths, blocks, pathSteps, resultBytes };
  if (json) return `${JSON.stringify({ name: plan.name, hash: plan.hash, ...facts }, undefined, 2)}\n`;
  return [
    `${plan.name} (${plan.hash})`,
    `  scenarios   ${formatCount(facts.scenarios)}${plan.sweptPaths.length > 0 ? ` over ${plan.sweptPaths.join(', ')}` : ''}`,
    `  cells       ${formatCount(facts.cells)} (scenario x strategy)`,
    `  paths       ${formatCount(paths)} in ${formatCount(blocks)} blocks`,
    `  path-steps  ${formatCount(pathSteps)}`,
    `  memory      ${Math.ceil(resultBytes / 2 ** 20)} MiB for the paths of one scenario`,
    '',
  ].join('\n');
}
