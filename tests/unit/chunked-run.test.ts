/** Runs whose paths go through memory in chunks. */
import { describe, expect, it } from 'vitest';
import { ResultCollector, type ScenarioResult } from '../../src/aggregate/results.ts';
import type { VarianceReduction } from '../../src/config/experiment.ts';
import { checkExperiment } from '../../src/index.ts';
import { planRun } from '../../src/plan/plan.ts';
import { findings } from '../../src/report/findings.ts';
import { planText } from '../../src/report/plan-text.ts';
import { simulatePlan } from '../../src/run-experiment.ts';
import type { SimulatedCell } from '../../src/simulate/block-request.ts';
import { cellChunks } from '../../src/simulate/cell-chunks.ts';
import type { BlockExecutor } from '../../src/simulate/executors/executor.ts';
import { CHUNK_PATHS, scenarioBytes, statisticsModeOf } from '../../src/simulate/memory-estimate.ts';
import { viewPathColumns } from '../../src/simulate/results-buffer.ts';
import { simulateCells } from '../../src/simulate/simulate-cells.ts';

/** Two whole chunks and a short one. */
const PATHS = 2 * CHUNK_PATHS + 1000;

const planOf = (keys: Record<string, unknown>) =>
  planRun(
    checkExperiment({
      paths: PATHS,
      simulator: { sigma: 2, A: 3, k: 1.5, scheme: 'event', q0: 1 },
      model: { delta_min: null, delta_max: null },
      strategies: ['hjb', 'constant', { type: 'constant', name: 'wide', half_spread: 1.2 }],
      ...keys,
    }),
  );

async function scenarioOf(
  statistics: string,
  variance_reduction: VarianceReduction,
  paths: number,
): Promise<ScenarioResult> {
  const plan = planOf({ statistics, variance_reduction, paths });
  const [scenario] = (await simulatePlan(plan, { workers: 0 })).scenarios;
  if (scenario === undefined) throw new Error('no scenario');
  return scenario;
}

/** Figures that the sketch gives within percentile_error, and their errors. */
const SKETCHED = ['p05', 'p50', 'p95', 'var95', 'cvar95'] as const;
const SKETCHED_ERRORS = ['p05_se', 'p50_se', 'p95_se', 'cvar95_se'] as const;
/** With antithetic pairs the factor √(1 + ρ) is taken at the first chunk's mean and percentiles. */
const PILOTED = ['std_se', 'final_q_std_se'] as const;

describe.each([
  ['none', PATHS],
  ['control', CHUNK_PATHS + 1000],
  ['antithetic', CHUNK_PATHS + 1000],
] as const)('%s: a sketch of the same paths', (reduction, paths) => {
  it('has the same figures, percentiles within their bound', async () => {
    const [exact, sketch] = [await scenarioOf('exact', reduction, paths), await scenarioOf('sketch', reduction, paths)];
    expect([exact.statistics, sketch.statistics]).toEqual(['exact', 'sketch']);
    sketch.strategies.forEach((row, i) => {
      const reference = exact.strategies[i];
      if (row.state === 'failed' || reference?.state !== 'done') throw new Error('a cell failed');
      const { percentile_error: bound, ...figures } = row.summary;
      expect(reference.summary.percentile_error).toBeNaN();
      expect(bound).toBeGreaterThan(0);
      // The bins are 2e-5 of a distance of about 1.6 + 1.6 standard deviations.
      expect(bound).toBeLessThan(1.1e-4 * figures.std);
      for (const [name, value] of Object.entries(figures)) {
        const expected = reference.summary[name as keyof typeof figures];
        const isIn = (names: readonly string[]) => names.includes(name);
        const allowed = isIn(SKETCHED)
          ? bound
          : isIn(SKETCHED_ERRORS)
            ? bound / 1.9 + 0.01 * expected
            : isIn(PILOTED) && reduction === 'antithetic'
              ? 0.01 * expected
              : 1e-12 * Math.abs(expected);
        if (Number.isNaN(expected)) expect(value, name).toBeNaN();
        else expect(Math.abs(value - expected), `${name}: ${value} for ${expected}`).toBeLessThanOrEqual(allowed);
      }
    });
    expect(sketch.comparisons).toHaveLength(3);
    sketch.comparisons.forEach((pair, i) => {
      const reference = exact.comparisons[i]!;
      expect(pair).toMatchObject({
        strategy: reference.strategy,
        baseline: reference.baseline,
        verdict: reference.verdict,
      });
      for (const name of ['mean_difference', 'se', 'ci_low', 'ci_high', 'correlation'] as const) {
        // The control's estimator may be one number for constant quotes, with no error at all.
        expect(Math.abs(pair[name] - reference[name]), name).toBeLessThanOrEqual(1e-12 * Math.abs(reference[name]));
      }
    });
  });
});

describe('chunks', () => {
  it('go range by range, so that strategies can be compared, and cover every path once', () => {
    const { cells } = planOf({ statistics: 'sketch' });
    const chunks = [...cellChunks(cells)].map(({ cell, firstPath, paths, last }) => [
      cell.index,
      firstPath,
      paths,
      last,
    ]);
    expect(chunks).toEqual([
      ...[0, 1, 2].map((cell) => [cell, 0, CHUNK_PATHS, false]),
      ...[0, 1, 2].map((cell) => [cell, CHUNK_PATHS, CHUNK_PATHS, false]),
      ...[0, 1, 2].map((cell) => [cell, 2 * CHUNK_PATHS, 1000, true]),
    ]);
    expect([...cellChunks(planOf({ statistics: 'exact' }).cells)].map(({ paths }) => paths)).toEqual([
      PATHS,
      PATHS,
      PATHS,
    ]);
  });

  it('a cell that fails in one of them is failed, with its first reason; the others go on', async () => {
    const plan = planOf({ statistics: 'sketch' });
    // 'constant' loses a worker in its second chunk, 'wide' has a PnL that is no number in its last one.
    const seen: SimulatedCell[] = [];
    const executor: BlockExecutor = {
      capacity: 2,
      async run({ cell, firstPath, paths, columns }) {
        const view = viewPathColumns(columns);
        const slot = firstPath - view.firstPath;
        view.pnl.fill(view.firstPath, slot, slot + paths);
        if (!seen.includes(cell)) seen.push(cell);
        const strategy = seen.indexOf(cell);
        if (strategy === 1 && view.firstPath === CHUNK_PATHS) throw new Error(`lost at ${firstPath}`);
        if (strategy === 2 && view.count === 1000) view.pnl[7] = Number.NaN;
        return 0;
      },
      async close() {},
    };
    const collector = new ResultCollector(plan);
    const states: string[] = [];
    await simulateCells(plan.cells, executor, {
      onChunk(outcome) {
        states.push(outcome.state);
        collector.add(outcome);
      },
    });
    // The NaN is found in the paths, not by the simulation.
    expect(states.join(' ')).toBe('done done done done failed done done failed done');
    const [scenario] = collector.result().scenarios;
    expect(scenario?.strategies).toMatchObject([
      { state: 'done', summary: { paths: PATHS, min: 0, max: 2 * CHUNK_PATHS } },
      { state: 'failed', message: `lost at ${CHUNK_PATHS}` },
      { state: 'failed', message: `pnl: expected finite numbers, got NaN at path ${2 * CHUNK_PATHS + 7}` },
    ]);
    expect(scenario?.comparisons).toEqual([]);
  });
});

describe('the choice of statistics', () => {
  const [scenario] = planOf({ statistics: 'auto', paths: 1e9 }).scenarios;
  if (scenario === undefined) throw new Error('no scenario');

  it('auto is exact up to a gibibyte of paths, whatever the machine', () => {
    const bytes = scenarioBytes(scenario, 'exact');
    expect(bytes / 1e9 / 3).toBeCloseTo(28, 3);
    const most = Math.floor(2 ** 30 / 3 / 28);
    expect(statisticsModeOf({ ...scenario, paths: most - 100 })).toBe('exact');
    expect(statisticsModeOf({ ...scenario, paths: most + 100 })).toBe('sketch');
    const precision = { metric: 'mean', se: 1, max_paths: most + 100 } as const;
    expect(statisticsModeOf({ ...scenario, paths: 1000, precision })).toBe('sketch');
    expect(statisticsModeOf({ ...scenario, statistics: 'exact' })).toBe('exact');
    expect(statisticsModeOf({ ...scenario, statistics: 'sketch', paths: 10 })).toBe('sketch');
    expect(scenarioBytes(scenario, 'sketch')).toBeLessThan(60 * 2 ** 20);
  });

  it('the plan and the findings say it', async () => {
    const plan = planOf({ statistics: 'sketch', paths: 1000, strategies: ['constant'] });
    expect(planText(plan, false)).toMatch(
      /memory .* at a time\n +statistics +sketch: paths go through memory in chunks/,
    );
    expect(JSON.parse(planText(plan, true))).toMatchObject({ sketchedScenarios: 1, blocks: 1 });
    expect(planText(planOf({ paths: 1000, statistics: 'exact' }), false)).toContain('statistics  exact');
    const lines = findings(await simulatePlan(plan, { workers: 0 }));
    expect(lines.at(-1)).toMatch(/^The paths went through memory in chunks: .* within \S+ of the exact ones/);
  });
});
