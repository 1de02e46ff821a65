import path from 'node:path';
import Table from 'cli-table3';
import type { Argv, InferredOptionTypes } from 'yargs';
import type { SweepValue } from '../config/experiment.ts';
import type { ExactOutcome } from '../exact/exact-cells.ts';
import type { ExactLaw } from '../exact/exact-law.ts';
import type { RunPlan } from '../plan/plan.ts';
import { csvTable } from '../report/csv.ts';
import { BORDERLESS } from '../report/result-table.ts';
import { openRunFolder } from '../report/run-folder.ts';
import { writeFileAtomic } from '../util/atomic-write.ts';
import { CellsFailedError, ConfigError } from '../util/errors.ts';
import { configArgument, experimentOptions, outputOptions, simulationOptions } from './common-options.ts';
import { loadPlan } from './load-plan.ts';
import { solveExactLaws } from './solve-exact-laws.ts';

const options = {
  set: experimentOptions.set,
  'output-dir': { ...simulationOptions['output-dir'], defaultDescription: 'nothing is written' },
  json: outputOptions.json,
  quiet: outputOptions.quiet,
  progress: outputOptions.progress,
};
type Arguments = InferredOptionTypes<typeof options> & { readonly config: string };

/** The columns of exact.csv after the strategy; NaN is an empty field. */
const COLUMNS = [
  ...(['mean', 'std', 'p05', 'p50', 'p95', 'var95', 'cvar95', 'skewness', 'kurtosis', 'sharpe'] as const),
  ...(['fills_mean', 'fills_std', 'final_q_mean', 'final_q_std', 'integral_q2_mean'] as const),
  ...([
    'spread_income',
    'inventory_pnl',
    'terminal_cost',
    'certainty_equivalent',
    'uncertainty',
    'reach',
    'lost',
  ] as const),
] satisfies readonly (keyof ExactLaw)[];

/** `exact <config>`: every cell's law of PnL without sampling. */
export const exact = {
  builder: (yargs: Argv) =>
    yargs
      .positional('config', configArgument)
      .options(options)
      .example('$0 exact configs/quickstart.yaml', 'the law of PnL of each strategy'),
  handler: async (args: Arguments): Promise<void> => {
    const plan = await loadPlan({ ...args, paths: undefined, seed: undefined });
    const outputDir = args['output-dir'];
    const folder = outputDir === undefined ? undefined : await openRunFolder(outputDir);
    const outcomes = await solveExactLaws(plan, args);
    const done = outcomes.filter(({ state }) => state === 'done');
    if (folder !== undefined && done.length > 0) {
      await writeFileAtomic(path.join(folder.path, 'exact.csv'), exactCsv(plan, outcomes));
    } else await folder?.discard();
    if (args.json) process.stdout.write(exactDocument(plan, outcomes));
    else if (!args.quiet && done.length > 0) process.stdout.write(`${exactTable(plan, outcomes)}\n`);
    if (!args.quiet) for (const line of withoutFigures(outcomes)) process.stderr.write(`${line}\n`);
    const failed = outcomes.find(({ state }) => state === 'failed');
    if (failed?.state === 'failed') throw new CellsFailedError(`${failed.cell.strategy.name}: ${failed.message}`);
    if (done.length === 0) throw new ConfigError(`${args.config}: no strategy has an exact law (simulate it with run)`);
  },
};

/** One line for each cell that has no law, or no percentiles. */
export function withoutFigures(outcomes: readonly ExactOutcome[]): string[] {
  return outcomes.flatMap((outcome) => {
    const where = `scenario ${outcome.cell.scenario.index} ${outcome.cell.strategy.name}`;
    if (outcome.state === 'none') return [`${where}: no exact law: ${outcome.reason}`];
    if (outcome.state === 'failed') return [`${where}: failed: ${outcome.message}`];
    const { withoutPercentiles } = outcome.law;
    return withoutPercentiles === undefined ? [] : [`${where}: no percentiles: ${withoutPercentiles}`];
  });
}

/** A swept value as text. */
export function pointFields(plan: RunPlan, outcome: Pick<ExactOutcome, 'cell'>): string[] {
  return plan.sweptPaths.map((swept) => String(outcome.cell.scenario.point[swept] satisfies SweepValue | undefined));
}

/** A table of figures without borders; the first `labels` columns but the last of them are right-aligned. */
export function figureTable(head: readonly string[], labels: number, rows: readonly (readonly string[])[]): string {
  const table = new Table({
    head: [...head],
    chars: BORDERLESS,
    colAligns: head.map((_, i) => (i === labels - 1 ? 'left' : 'right')),
    style: { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': 0 },
  });
  table.push(...rows.map((row) => [...row]));
  return table.toString();
}

function exactTable(plan: RunPlan, outcomes: readonly ExactOutcome[]): string {
  const figures = [
    'mean',
    'std',
    'p05',
    'p50',
    'p95',
    'cvar95',
    'certainty_equivalent',
    'fills_mean',
    'final_q_std',
  ] as const;
  const titles = ['mean PnL', 'std', 'p05', 'p50', 'p95', 'CVaR 95 %', 'certainty eq.', 'fills', 'std q'];
  const rows = outcomes.flatMap((outcome) => {
    if (outcome.state !== 'done') return [];
    const { law } = outcome;
    return [[...pointFields(plan, outcome), outcome.cell.strategy.name, ...figures.map((name) => digits(law[name]))]];
  });
  return figureTable([...plan.sweptPaths, 'strategy', ...titles], plan.sweptPaths.length + 1, rows);
}

/** Eight significant digits: what percentiles are good to. */
function digits(x: number): string {
  return Number.isNaN(x) ? '' : String(Number(x.toPrecision(8)));
}

function exactCsv(plan: RunPlan, outcomes: readonly ExactOutcome[]): string {
  return csvTable(
    ['scenario', ...plan.sweptPaths, 'strategy', ...COLUMNS],
    outcomes.map((outcome) => [
      outcome.cell.scenario.index,
      ...plan.sweptPaths.map((swept) => {
        const value = outcome.cell.scenario.point[swept];
        return typeof value === 'number' ? value : String(value);
      }),
      outcome.cell.strategy.name,
      ...COLUMNS.map((column) => (outcome.state === 'done' ? outcome.law[column] : undefined)),
    ]),
  );
}

/** An undefined figure is null. */
function exactDocument(plan: RunPlan, outcomes: readonly ExactOutcome[]): string {
  const cells = outcomes.map(({ cell, ...outcome }) => ({
    scenario: cell.scenario.index,
    point: cell.scenario.point,
    strategy: cell.strategy.name,
    ...outcome,
  }));
  return `${JSON.stringify({ name: plan.name, hash: plan.hash, cells }, undefined, 2)}\n`;
}
