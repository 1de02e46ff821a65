import { blockSize } from '../plan/blocks.ts';
import type { PlannedScenario, RunPlan } from '../plan/plan.ts';
import { mostPaths, targetText } from '../plan/precision.ts';
import { chunkSize } from '../simulate/cell-chunks.ts';
import { pathsBytes, statisticsModeOf } from '../simulate/memory-estimate.ts';
import { blockWorkIn, workOfPath } from '../simulate/work-estimate.ts';
import { formatCount, formatDuration } from '../util/format.ts';
import { workOfPlan } from './long-run.ts';
import type { TimeEstimate } from './time-estimate.ts';

/** Values of a swept path that are printed. */
const MOST_VALUES = 12;

/** What a run would do: cells, blocks, path-steps, the memory of its results and its time; as text or one JSON document. */
export function planText(plan: RunPlan, json: boolean, time?: TimeEstimate): string {
  let blocks = 0;
  let paths = 0;
  for (const { scenario } of plan.cells) {
    blocks += blocksIn(scenario, blockSize(workOfPath(scenario), blockWorkIn(scenario)));
    paths += scenario.paths;
  }
  const resultBytes = pathsBytes(plan);
  const sketched = plan.scenarios.filter((scenario) => statisticsModeOf(scenario) === 'sketch').length;
  const facts = {
    scenarios: plan.scenarios.length,
    cells: plan.cells.length,
    paths,
    blocks,
    steps: workOfPlan(plan),
    resultBytes,
    sketchedScenarios: sketched,
  };
  if (json) {
    const { name, hash, sweptPaths } = plan;
    const points = plan.scenarios.map(({ point }) => point);
    return `${JSON.stringify({ name, hash, ...facts, time, swept: sweptPaths, points }, undefined, 2)}\n`;
  }
  return [
    `${plan.name} (${plan.hash})`,
    `  scenarios   ${formatCount(facts.scenarios)}${plan.sweptPaths.length > 0 ? ` over ${plan.sweptPaths.join(', ')}` : ''}`,
    ...plan.sweptPaths.map((path) => `    ${path}: ${valuesText(plan, path)}`),
    `  cells       ${formatCount(facts.cells)} (scenario x strategy)`,
    `  paths       ${formatCount(paths)} in ${formatCount(blocks)} blocks`,
    ...precisionLines(plan),
    `  steps       ${formatCount(facts.steps)} (time steps, or expected market orders of the event scheme)`,
    `  memory      ${Math.ceil(resultBytes / 2 ** 20)} MiB for the paths of one scenario${sketched > 0 ? ' at a time' : ''}`,
    `  statistics  ${statisticsText(sketched, plan.scenarios.length)}`,
    ...(time === undefined ? [] : timeLines(time)),
    '',
  ].join('\n');
}

/** Where paths are added until a precision is reached; those of the lines above are what a run begins with. */
function precisionLines({ cells, scenarios }: RunPlan): string[] {
  const asked = scenarios.flatMap(({ precision }) => precision ?? []);
  const [first] = asked;
  if (first === undefined) return [];
  const where = asked.length < scenarios.length ? ` in ${formatCount(asked.length)} scenarios` : '';
  const most = cells.reduce((sum, { scenario }) => sum + mostPaths(scenario), 0);
  return [`  precision   paths are added${where} until ${targetText(first)}: ${formatCount(most)} paths at most`];
}

/** The values that a swept path takes, in the order in which they come. */
function valuesText({ scenarios }: RunPlan, path: string): string {
  const values = [...new Set(scenarios.map(({ point }) => String(point[path])))];
  if (values.length <= MOST_VALUES) return values.join(', ');
  return `${values.slice(0, MOST_VALUES - 1).join(', ')}, … (${formatCount(values.length)} values)`;
}

function timeLines({ seconds, threads, timedCells, timedSeconds, failure }: TimeEstimate): string[] {
  const failed = failure === undefined ? [] : [`  failing     at least one cell would fail: ${failure}`];
  if (timedCells === 0) return ['  time        unknown: no cell could be timed', ...failed];
  return [
    `  time        about ${formatDuration(seconds)} on ${formatCount(threads)} ${threads === 1 ? 'thread' : 'threads'}, ` +
      `scaled up from ${formatCount(timedCells)} of the cells, timed for ${formatDuration(timedSeconds)} on this machine`,
    ...failed,
  ];
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
