import { createHash } from 'node:crypto';
import type { ModelParameters, Scenario, StrategySpec, SweepPoint } from '../config/experiment.ts';
import type { Goals } from '../config/goals.ts';
import type { ExperimentFile, ExperimentSource } from '../config/load.ts';

/** A scenario with its place in the report and the sweep's values that make it. */
export interface PlannedScenario extends Scenario {
  readonly index: number;
  readonly point: SweepPoint;
}

/** The unit that is simulated, can fail, and has one row in the report: one strategy in one scenario. */
export interface Cell {
  readonly index: number;
  readonly scenario: PlannedScenario;
  readonly strategy: StrategySpec;
}

/** The configured model of the cell's strategy: its own, or the scenario's. */
export function modelOf({ scenario, strategy }: Pick<Cell, 'scenario' | 'strategy'>): ModelParameters {
  return strategy.model ?? scenario.model;
}

/** All that a run will do, before it does it. */
export interface RunPlan {
  readonly name: string;
  /** Dotted paths that are swept, in the file's order. */
  readonly sweptPaths: readonly string[];
  readonly scenarios: readonly PlannedScenario[];
  /** Thresholds and the choice, which change no number; absent = none. */
  readonly goals?: Goals;
  /** Scenario by scenario, strategies in the config's order. */
  readonly cells: readonly Cell[];
  /** First 8 hex digits of the SHA-256 of the resolved scenarios: equal plans give equal results. */
  readonly hash: string;
  /** What the plan was made of; undefined where a text alone does not say it. */
  readonly source: (() => ExperimentSource) | undefined;
}

/** Expands the sweep and checks every scenario. Throws ConfigError for a combination that does not fit together. */
export function planRun(file: ExperimentFile): RunPlan {
  const scenarios: PlannedScenario[] = [];
  for (const point of file.points()) {
    scenarios.push({ index: scenarios.length, point, ...file.scenarioAt(point) });
  }
  const cells: Cell[] = [];
  for (const scenario of scenarios) {
    for (const strategy of scenario.strategies) cells.push({ index: cells.length, scenario, strategy });
  }
  // Where a strategy's module lies does not matter, its content does.
  const description = JSON.stringify(scenarios, (key, value: unknown) => (key === 'file' ? undefined : value));
  const hash = createHash('sha256').update(description).digest('hex').slice(0, 8);
  const sweptPaths = file.axes.map(({ path }) => path);
  return { name: file.name, sweptPaths, scenarios, cells, hash, goals: file.goals, source: file.source };
}

/** The cells of each scenario, by its index. */
export function cellsByScenario({ cells }: Pick<RunPlan, 'cells'>): ReadonlyMap<number, readonly Cell[]> {
  const groups = new Map<number, Cell[]>();
  for (const cell of cells) {
    const group = groups.get(cell.scenario.index);
    if (group === undefined) groups.set(cell.scenario.index, [cell]);
    else group.push(cell);
  }
  return groups;
}

/** Paths over all cells; those that a run begins with where a precision adds some. */
export function pathsOfPlan({ cells }: Pick<RunPlan, 'cells'>): number {
  return cells.reduce((sum, { scenario }) => sum + scenario.paths, 0);
}
