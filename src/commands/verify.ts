import type { Argv, InferredOptionTypes } from 'yargs';
import type { RunResult, StrategyResult } from '../aggregate/results.ts';
import { compareFigures, type FigureComparison } from '../exact/compare-figures.ts';
import type { ExactOutcome } from '../exact/exact-cells.ts';
import { pathsOfPlan, type RunPlan } from '../plan/plan.ts';
import { runExperiment, simulatePlan } from '../run-experiment.ts';
import { CellsFailedError, ConfigError, ExitCode, UserError } from '../util/errors.ts';
import { formatCount } from '../util/format.ts';
import { configArgument, experimentOptions, outputOptions, simulationOptions, workerCount } from './common-options.ts';
import { figureTable, pointFields, withoutFigures } from './exact.ts';
import { onInterrupt } from './interrupt.ts';
import { loadPlan } from './load-plan.ts';
import { RunConsole } from './run-console.ts';
import { solveExactLaws } from './solve-exact-laws.ts';

const options = {
  ...experimentOptions,
  'output-dir': { ...simulationOptions['output-dir'], defaultDescription: 'nothing is written' },
  workers: simulationOptions.workers,
  'max-z': {
    type: 'string',
    default: '4',
    describe: 'largest distance in standard errors that passes',
    coerce: positiveNumber,
  },
  json: outputOptions.json,
  quiet: outputOptions.quiet,
  progress: outputOptions.progress,
} as const;
type Arguments = InferredOptionTypes<typeof options> & { readonly config: string };

/** A simulated figure is further from the exact one than chance explains. */
class DisagreementError extends UserError {
  override readonly name = 'DisagreementError';
  readonly exitCode = ExitCode.thresholdFailed;
}

interface VerifiedCell {
  readonly outcome: ExactOutcome;
  readonly simulated: StrategyResult;
  readonly figures: readonly FigureComparison[];
}

/** `verify <config>`: the simulation against the exact law, figure by figure. */
export const verify = {
  builder: (yargs: Argv) =>
    yargs
      .positional('config', configArgument)
      .options(options)
      .example('$0 verify configs/quickstart.yaml --paths 100000', 'z-scores of mean, std, percentiles, CVaR …'),
  handler: async (args: Arguments): Promise<void> => {
    const plan = await loadPlan(args);
    const result = await simulateAll(plan, args);
    const cells = verifiedCells(await solveExactLaws(plan, args), result);
    const figures = cells.flatMap((cell) => cell.figures);
    const worst = figures.reduce((most, { z }) => Math.max(most, Math.abs(z)), 0);
    const off = figures.filter(({ z }) => !(Math.abs(z) <= args['max-z']));
    const verdict =
      `${formatCount(figures.length)} figures of ${formatCount(cells.filter((cell) => cell.figures.length > 0).length)} ` +
      `cells compared, the largest |z| is ${worst.toFixed(2)}; ${formatCount(off.length)} beyond ${args['max-z']}`;
    if (args.json) process.stdout.write(verifyDocument(plan, cells, args['max-z']));
    else if (!args.quiet && figures.length > 0) process.stdout.write(`${verifyTable(plan, cells)}\n\n${verdict}\n`);
    if (!args.quiet) {
      for (const line of withoutFigures(cells.map(({ outcome }) => outcome))) process.stderr.write(`${line}\n`);
    }
    for (const { outcome, simulated } of cells) {
      const message = simulated.state === 'failed' ? simulated.message : outcome.state === 'failed' && outcome.message;
      if (message) throw new CellsFailedError(`${simulated.strategy}: ${message}`);
    }
    if (figures.length === 0) throw new ConfigError(`${args.config}: no strategy has an exact law to be held against`);
    if (off.length > 0) throw new DisagreementError(`simulation and exact law disagree: ${verdict}`);
  },
};

async function simulateAll(plan: RunPlan, args: Arguments): Promise<RunResult> {
  const outputDir = args['output-dir'];
  const interrupt = onInterrupt();
  const display = new RunConsole(args);
  display.start(pathsOfPlan(plan));
  const simulation = { workers: workerCount(args.workers), signal: interrupt.signal, onBlock: display.onBlock };
  try {
    if (outputDir === undefined) return await simulatePlan(plan, simulation);
    return await runExperiment(plan, { ...simulation, outputDir });
  } finally {
    display.stop();
    interrupt.release();
  }
}

function verifiedCells(outcomes: readonly ExactOutcome[], result: RunResult): VerifiedCell[] {
  const rows = result.scenarios.flatMap(({ strategies }) => strategies);
  return outcomes.map((outcome, i) => {
    const simulated = rows[i]!;
    const figures =
      outcome.state === 'done' && simulated.state === 'done'
        ? compareFigures(outcome.law, simulated.summary, outcome.cell)
        : [];
    return { outcome, simulated, figures };
  });
}

function verifyTable(plan: RunPlan, cells: readonly VerifiedCell[]): string {
  const rows = cells.flatMap(({ outcome, figures }) =>
    figures.map(({ figure, simulated, exact, se, z }) => [
      ...pointFields(plan, outcome),
      outcome.cell.strategy.name,
      figure,
      // Rounding errors of a mean that is 0 are no digits.
      ...[simulated, exact].map((x) => String(Math.abs(x) < 1e-9 * se ? 0 : Number(x.toPrecision(8)))),
      se.toPrecision(2),
      z.toFixed(2),
    ]),
  );
  const head = [...plan.sweptPaths, 'strategy', 'figure', 'simulated', 'exact', 'se', 'z'];
  return figureTable(head, plan.sweptPaths.length + 2, rows);
}

function verifyDocument(plan: RunPlan, cells: readonly VerifiedCell[], maxZ: number): string {
  const document = {
    name: plan.name,
    hash: plan.hash,
    max_z: maxZ,
    cells: cells.map(({ outcome, figures }) => ({
      scenario: outcome.cell.scenario.index,
      point: outcome.cell.scenario.point,
      strategy: outcome.cell.strategy.name,
      state: outcome.state,
      ...(outcome.state === 'none' ? { reason: outcome.reason } : {}),
      ...(outcome.state === 'failed' ? { message: outcome.message } : {}),
      figures,
    })),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function positiveNumber(value: unknown): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
  if (number > 0 && number < Infinity) return number;
  throw new ConfigError(`--max-z: expected one positive number, got ${String(value)}`);
}
