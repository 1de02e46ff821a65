import { describe, expect, test } from 'vitest';
import { CellAccumulator } from '../../src/aggregate/cell-accumulator.ts';
import { cellFacts } from '../../src/aggregate/cell-facts.ts';
import { compare } from '../../src/aggregate/comparison.ts';
import { summaryOf } from '../../src/aggregate/summary.ts';
import { intervalOf, uncertaintyOf } from '../../src/aggregate/uncertainty.ts';
import { catalogue } from '../../src/catalogue.ts';
import { parseExperiment } from '../../src/config/load.ts';
import { type ExactLaw, exactLaw } from '../../src/exact/exact-law.ts';
import { type Cell, planRun } from '../../src/plan/plan.ts';
import { createInlineExecutor } from '../../src/simulate/executors/inline.ts';
import type { PathColumns } from '../../src/simulate/path-columns.ts';
import { simulateCells } from '../../src/simulate/simulate-cells.ts';

/** Independent small runs of each experiment: the paths of one large run, cut. */
const REPLICATIONS = 1000;

/** All paths of the cells of an experiment, as the simulation gives them. */
async function simulateAll(cells: readonly Cell[]): Promise<PathColumns[]> {
  const columns: PathColumns[] = [];
  await simulateCells(cells, createInlineExecutor(), {
    onChunk(outcome) {
      if (outcome.state === 'failed') throw outcome.error;
      columns.push(outcome.columns);
    },
  });
  return columns;
}

function cellsOf(simulator: string, paths: number): readonly Cell[] {
  const text = `
name: coverage
paths: ${paths}
simulator: {sigma: 2, A: 140, k: 1.5, ${simulator}}
model: {gamma: 0.1, phi: 0, delta_min: null, delta_max: null}
strategies: [hjb, {type: constant, half_spread: 0.745}]
`;
  return planRun(parseExperiment(text, 'coverage.yaml', catalogue, { overrides: [] })).cells;
}

function part(columns: PathColumns, r: number, n: number): PathColumns {
  const [from, to] = [r * n, (r + 1) * n];
  return {
    firstPath: 0,
    count: n,
    pnl: columns.pnl.subarray(from, to),
    integralQ2: columns.integralQ2.subarray(from, to),
    fills: columns.fills.subarray(from, to),
    finalLots: columns.finalLots.subarray(from, to),
    maxAbsLots: columns.maxAbsLots.subarray(from, to),
  };
}

/** Shares of the replications whose 95 % intervals hold the exact figures, in percent. */
function coverage(cell: Cell, columns: PathColumns, law: ExactLaw, n: number, figures: readonly string[]) {
  const facts = cellFacts(cell);
  const truth: Readonly<Record<string, unknown>> = { ...law, sharpe: law.mean / law.std };
  const covered = new Map(figures.map((name) => [name, 0]));
  for (let r = 0; r < REPLICATIONS; r++) {
    const accumulator = new CellAccumulator(facts, 'exact');
    accumulator.add(part(columns, r, n));
    const all = accumulator.finish();
    const summary = summaryOf(all, facts);
    const known = uncertaintyOf(all, facts, summary, new Map());
    const row: Readonly<Record<string, number>> = summary;
    for (const name of figures) {
      const { low, high } = intervalOf(row[name]!, name, known, 0.95);
      const exact = Number(truth[name]);
      if (low <= exact && exact <= high) covered.set(name, covered.get(name)! + 100 / REPLICATIONS);
    }
  }
  return covered;
}

/** The binomial standard error of a share of 95 % is 0.69 % at 1,000 replications, so that 93 … 97 % are 2.9 of them. */
function expectCovers(share: number, name: string): void {
  expect(share, name).toBeGreaterThanOrEqual(93);
  expect(share, name).toBeLessThanOrEqual(97);
}

const ALL = ['mean', 'std', 'p05', 'p50', 'p95', 'cvar95', 'sharpe', 'fills_mean', 'final_q_std'];

describe.each([
  ['Avellaneda and Stoikov, events', 'scheme: event, Q_max: 10', 500, ALL],
  ['Avellaneda and Stoikov, steps', 'scheme: stepped, dt: 0.01, Q_max: 10', 1000, ALL],
  ['a short horizon: few fills, discrete PnL', 'scheme: event, Q_max: 10, T: 0.05', 1000, ALL],
  ['twenty paths: Student', 'scheme: event, Q_max: 10', 20, ['mean', 'p50', 'fills_mean']],
])(
  '95 %% intervals of simulations cover the exact law in 93 … 97 %%: %s, %s, %i paths',
  (_name, market, n, figures) => {
    test('of each strategy, and of the paired difference', { timeout: 120_000 }, async () => {
      const cells = cellsOf(market, n * REPLICATIONS);
      const laws = cells.map((cell) => exactLaw(cell));
      const [hjb, constant] = await simulateAll(cells);
      for (const [i, columns] of [hjb!, constant!].entries()) {
        for (const [name, share] of coverage(cells[i]!, columns, laws[i]!, n, figures)) {
          expectCovers(share, `${cells[i]!.strategy.name} ${name}`);
        }
      }
      const difference = laws[0]!.mean - laws[1]!.mean;
      let covered = 0;
      let told = 0;
      for (let r = 0; r < REPLICATIONS; r++) {
        const pair = compare(part(hjb!, r, n).pnl, part(constant!, r, n).pnl);
        if (pair.ci_low <= difference && difference <= pair.ci_high) covered += 100 / REPLICATIONS;
        expect(pair.verdict === 'inconclusive').toBe(pair.p_value > 0.05);
        if (pair.verdict !== 'inconclusive') told++;
      }
      expectCovers(covered, 'paired difference');
      expect(told).toBeGreaterThan(0);
    });
  },
);
