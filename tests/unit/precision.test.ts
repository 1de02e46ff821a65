/** Runs that add paths until a precision is reached. */
import seedrandom from 'seedrandom';
import { describe, expect, it } from 'vitest';
import { PrecisionRule } from '../../src/aggregate/precision-rule.ts';
import type { RunResult } from '../../src/aggregate/results.ts';
import type { VarianceReduction } from '../../src/config/experiment.ts';
import { checkExperiment, warningText } from '../../src/index.ts';
import { planRun, type RunPlan } from '../../src/plan/plan.ts';
import { looks, mostPaths, stopPoints } from '../../src/plan/precision.ts';
import { planText } from '../../src/report/plan-text.ts';
import { simulatePlan } from '../../src/run-experiment.ts';
import type { BlockExecutor } from '../../src/simulate/executors/executor.ts';
import { allocatePathColumns, viewPathColumns } from '../../src/simulate/results-buffer.ts';
import { simulateCells } from '../../src/simulate/simulate-cells.ts';

const planOf = (keys: Record<string, unknown>): RunPlan =>
  planRun(
    checkExperiment({
      simulator: { sigma: 2, A: 3, k: 1.5, scheme: 'event', q0: 1 },
      model: { delta_min: null, delta_max: null },
      strategies: ['hjb', 'constant', { type: 'constant', name: 'wide', half_spread: 1.2 }],
      ...keys,
    }),
  );

async function figuresOf(keys: Record<string, unknown>): Promise<RunResult> {
  return simulatePlan(planOf(keys), { workers: 0 });
}

describe('where a scenario may stop', () => {
  it('is a fixed schedule from paths to the cap, even where pairs must stay together', () => {
    const rule = {
      paths: 1000,
      precision: { metric: 'mean', se: 1, max_paths: 2500 },
      variance_reduction: 'none',
    } as const;
    expect([...stopPoints(rule)]).toEqual([1000, 1250, 1562, 1952, 2440, 2500]);
    expect([...stopPoints({ ...rule, variance_reduction: 'antithetic' })]).toEqual([
      1000, 1250, 1562, 1952, 2440, 2500,
    ]);
    expect([...stopPoints({ ...rule, paths: 1002, variance_reduction: 'antithetic' })].every((n) => n % 2 === 0)).toBe(
      true,
    );
    expect(looks({ ...rule, paths: 1000, precision: { ...rule.precision, max_paths: 1e6 } })).toBe(32);
    expect([...stopPoints({ paths: 7, variance_reduction: 'none' })]).toEqual([7]);
    expect(mostPaths({ ...rule, precision: { ...rule.precision, max_paths: 1000 } })).toBe(1000);
  });
});

describe('a precision', () => {
  it.each<[VarianceReduction, Record<string, unknown>, (figure: RunResult['scenarios'][0]) => boolean]>([
    ['none', { metric: 'mean', se: 0.02 }, ({ strategies }) => worst(strategies) <= 0.02],
    ['control', { metric: 'mean', rel: 0.002 }, ({ strategies }) => worst(strategies) <= 0.002 * 3],
    ['antithetic', { metric: 'difference', se: 0.01 }, ({ comparisons }) => comparisons.every(({ se }) => se <= 0.01)],
    [
      'none',
      { metric: 'difference', resolved: true },
      ({ comparisons }) => comparisons.every((c) => c.verdict !== 'inconclusive'),
    ],
  ])(
    '%s, %o: holds in every cell, at the first look, with the figures of a run of so many paths',
    async (reduction, target, holds) => {
      const common = { seed: 5, variance_reduction: reduction };
      const found = await figuresOf({ ...common, paths: 500, precision: { ...target, max_paths: 200_000 } });
      const [scenario] = found.scenarios;
      if (scenario === undefined) throw new Error('no scenario');
      expect(holds(scenario)).toBe(true);
      expect(found.warnings.filter(({ kind }) => kind === 'precision_not_reached')).toEqual([]);
      const { paths } = scenario.scenario;
      const points = [
        ...stopPoints(planOf({ ...common, paths: 500, precision: { ...target, max_paths: 200_000 } }).scenarios[0]!),
      ];
      expect(points).toContain(paths);
      const outright = await figuresOf({ ...common, paths });
      expect(scenario.strategies).toEqual(outright.scenarios[0]?.strategies);
      expect(scenario.comparisons).toEqual(outright.scenarios[0]?.comparisons);
      // The look before was not enough.
      const before = points[points.indexOf(paths) - 1];
      if (before === undefined) return;
      if ('resolved' in target) {
        const less = await figuresOf({ ...common, paths: before });
        const share = points.length * scenario.comparisons.length;
        expect(Math.max(...(less.scenarios[0]?.comparisons ?? []).map((pair) => pair.p_value))).toBeGreaterThan(
          0.05 / share,
        );
      } else {
        const less = await figuresOf({ ...common, paths: before, precision: { ...target, max_paths: before } });
        expect(less.warnings.map(({ kind }) => kind)).toContain('precision_not_reached');
      }
    },
  );

  it('is reached through chunks as well, with the same bytes as outright', async () => {
    const common = { statistics: 'sketch', strategies: ['constant', 'hjb'] };
    const found = await figuresOf({ ...common, paths: 110_000, precision: { se: 0.0075, max_paths: 400_000 } });
    const [scenario] = found.scenarios;
    // The second chunk ends at 262,144; the looks are at 110,000, 137,500, 171,875 and 214,843.
    expect([137_500, 171_875, 214_843]).toContain(scenario?.scenario.paths);
    const outright = await figuresOf({ ...common, paths: scenario?.scenario.paths });
    expect(scenario?.strategies).toEqual(outright.scenarios[0]?.strategies);
    expect(scenario?.comparisons).toEqual(outright.scenarios[0]?.comparisons);
  });

  it('ends at the cap with target, what was reached and the paths', async () => {
    const found = await figuresOf({ paths: 500, precision: { se: 1e-4, max_paths: 1200 } });
    expect(found.scenarios[0]?.scenario.paths).toBe(1200);
    const [warning] = found.warnings.filter(({ kind }) => kind === 'precision_not_reached');
    expect(warning).toMatchObject({ se: 1e-4, paths: 1200, unmet: 3, estimates: 3 });
    if (warning?.kind !== 'precision_not_reached') throw new Error('no warning');
    const rows =
      found.scenarios[0]?.strategies.flatMap((row) => (row.state === 'done' ? [row.summary.mean_se] : [])) ?? [];
    expect(warning.reached).toBe(Math.max(...rows));
    expect(warningText(warning)).toMatch(
      /of 0\.0001 was asked .* is 0\.0\d+ after 1,200 paths, the cap .* 3 of 3 .* paths would do/,
    );
  });

  it('goes scenario by scenario in a sweep, and shows in the plan', async () => {
    const keys = {
      paths: 400,
      precision: { se: 0.05 },
      sweep: { 'simulator.sigma': [0.5, 4] },
      strategies: ['constant'],
    };
    const { scenarios } = await figuresOf(keys);
    const counts = scenarios.map(({ scenario }) => scenario.paths);
    expect(counts[1]).toBeGreaterThan(4 * counts[0]!);
    expect(planText(planOf(keys), false)).toContain(
      'precision   paths are added until each mean has a standard error of 0.05: 80,000 paths at most',
    );
  });

  it('leaves a cell that fails behind', async () => {
    const plan = planOf({ paths: 200, precision: { se: 0.5, max_paths: 2000 } });
    const random = seedrandom('failing');
    const executor: BlockExecutor = {
      capacity: 2,
      async run({ cell, firstPath, paths, columns }) {
        const view = viewPathColumns(columns);
        for (let i = firstPath; i < firstPath + paths; i++) view.pnl[i] = 20 * random() - 10;
        const order = cells.indexOf(cell) < 0 ? cells.push(cell) - 1 : cells.indexOf(cell);
        if (order === 1 && firstPath >= 200) throw new Error(`lost at ${firstPath}`);
        if (order === 2 && firstPath === 0) view.pnl[7] = Number.NaN;
        return 0;
      },
      async close() {},
    };
    const cells: unknown[] = [];
    const outcomes: string[] = [];
    await simulateCells(plan.cells, executor, {
      stopRule: (scenario) => new PrecisionRule(scenario),
      onChunk: ({ cell, state, paths, last }) => void outcomes.push(`${cell.strategy.name} ${state} ${paths} ${last}`),
    });
    // 10/√3 /√n <= 0.5 at n = 134: the first look would do, so the cells stop there …
    expect(outcomes).toEqual(['hjb done 200 true', 'constant done 200 true', 'wide done 200 true']);
    const harder = planOf({ paths: 200, precision: { se: 0.3, max_paths: 2000 } });
    cells.length = 0;
    outcomes.length = 0;
    await simulateCells(harder.cells, executor, {
      stopRule: (scenario) => new PrecisionRule(scenario),
      onChunk: ({ cell, state, paths, last }) => void outcomes.push(`${cell.strategy.name} ${state} ${paths} ${last}`),
    });
    // … and at n = 371, that is the look at 390, without the one that is lost on the way.
    expect(outcomes).toEqual(['hjb done 390 true', 'constant failed 390 true', 'wide done 390 true']);
  });
});

function worst(strategies: RunResult['scenarios'][0]['strategies']): number {
  return Math.max(...strategies.map((row) => (row.state === 'done' ? row.summary.mean_se : Number.NaN)));
}

describe('rankings that are settled', () => {
  const plan = planOf({
    strategies: ['hjb', 'constant'],
    paths: 100,
    precision: { metric: 'difference', resolved: true, max_paths: 3000 },
  });
  const [scenario] = plan.scenarios;
  if (scenario === undefined) throw new Error('no scenario');

  /** Where a scenario of two normal strategies with a difference of `shift` standard deviations stops, and the sign it sees. */
  function play(seed: string, shift: number): { readonly settled: boolean; readonly sign: number } {
    const random = seedrandom.alea(seed);
    const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const rule = new PrecisionRule(scenario!);
    let [done, sum] = [0, 0];
    for (const point of stopPoints(scenario!)) {
      const parts = plan.cells.map((cell) => {
        const columns = viewPathColumns(
          allocatePathColumns(point - done, { maxDrawdown: false, meanEstimator: false }),
        );
        for (let i = 0; i < point - done; i++) {
          columns.pnl[i] = normal() + (cell.index === 1 ? shift * Math.SQRT2 : 0);
          sum += cell.index === 1 ? columns.pnl[i]! : -columns.pnl[i]!;
        }
        return { cell, columns };
      });
      rule.add(parts);
      done = point;
      if (rule.isReached()) return { settled: true, sign: Math.sign(sum) };
    }
    return { settled: false, sign: 0 };
  }

  it('are mistakes in at most 5 % of ties, over all looks', () => {
    const games = 1000;
    const mistakes = Array.from({ length: games }, (_, i) => play(`tie ${i}`, 0)).filter(
      ({ settled }) => settled,
    ).length;
    // 3 standard errors of 5 % over 1,000 games are 2 %; looking with 5 % each time would settle some 25 % of them.
    expect(mistakes / games).toBeLessThan(0.07);
    expect(mistakes).toBeGreaterThan(0);
  });

  it('are found, with the right sign, where there is a difference', () => {
    const found = Array.from({ length: 100 }, (_, i) => play(`better ${i}`, 0.15));
    expect(found.filter(({ settled }) => settled)).toHaveLength(100);
    expect(found.filter(({ sign }) => sign < 0).length).toBeLessThanOrEqual(1);
  });
});

describe('a precision section that cannot be', () => {
  it.each([
    [{ precision: {} }, /precision: expected one of se, rel, resolved, got "?none/],
    [{ precision: { se: 1, rel: 0.1 } }, /got "?se and rel/],
    [{ precision: { resolved: true } }, /precision\.metric: expected difference with resolved/],
    [
      { precision: { metric: 'difference', se: 1 }, strategies: ['hjb'] },
      /precision\.metric: expected mean with one strategy/,
    ],
    [{ precision: { se: 1, max_paths: 10 }, paths: 20 }, /precision\.max_paths: expected at least paths = 20, got 10/],
    [{ precision: { se: -1 } }, /precision\.se/],
    [{ precision: { se: 1, max_path: 10 } }, /max_path.*max_paths/],
  ])('%o', (keys, message) => {
    expect(() => planOf(keys)).toThrow(message);
  });
});
