import path from 'node:path';
import type { RunResult } from '../aggregate/results.ts';
import { attachExactLaws } from '../attach-exact-laws.ts';
import { pathsOfPlan, type RunPlan } from '../plan/plan.ts';
import { drawRun } from '../report/draw-run.ts';
import { longRunNote } from '../report/long-run.ts';
import type { ChartFormat } from '../report/plots/render-chart.ts';
import { type RunTables, readRunTables } from '../report/read/run-tables.ts';
import { defaultRunFolder } from '../report/run-folder.ts';
import { runDocument, runReport } from '../report/run-report.ts';
import { warningLines } from '../report/warning-text.ts';
import type { RunOptions } from '../run-experiment.ts';
import { CellsFailedError, ThresholdsFailedError } from '../util/errors.ts';
import { workerCount } from './common-options.ts';
import { onInterrupt } from './interrupt.ts';
import { openQueue } from './open-queue.ts';
import { RunConsole } from './run-console.ts';

/** What the commands that simulate have in common, as parsed. */
interface SimulationArguments {
  readonly 'output-dir': string | undefined;
  readonly workers: number | undefined;
  readonly 'time-limit'?: number | undefined;
  /** Absent = local. */
  readonly executor?: 'local' | 'queue';
  readonly redis?: string | undefined;
  readonly plots: ChartFormat | undefined;
  /** False where paths are there already. */
  readonly simulates?: boolean;
  /** Absent = no page. */
  readonly html?: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly progress: boolean;
  readonly 'strict-thresholds'?: boolean;
}

/**
 * Simulates a plan with progress on stderr, draws it where asked for, and prints warnings and the report.
 * @param simulate runs the plan into its folder
 * @param hints lines for stderr after the warnings
 * @throws CellsFailedError where cells failed, ThresholdsFailedError where thresholds are not met, and as `simulate` does
 */
export async function executeRun(
  plan: RunPlan,
  args: SimulationArguments,
  simulate: (options: Omit<RunOptions, 'exportPaths' | 'attach'>) => Promise<RunResult>,
  hints: (result: RunResult) => readonly string[] = () => [],
): Promise<void> {
  const workers = workerCount(args.workers);
  const outputDir = args['output-dir'] ?? defaultRunFolder(plan, new Date());
  const display = new RunConsole(args);
  const { say, log } = display;
  const queue = await openQueue(args, say);
  const interrupt = onInterrupt();
  log(`${plan.cells.length} cells, ${queue?.address ?? `${workers} workers`}, writing to ${outputDir}`);
  const long = queue === undefined && args.simulates !== false ? longRunNote(plan, workers) : undefined;
  if (long !== undefined) say(long);
  display.start(pathsOfPlan(plan));
  const begun = performance.now();
  try {
    const result = await simulate({
      workers,
      timeLimit: args['time-limit'],
      executor: queue?.executor,
      outputDir,
      signal: interrupt.signal,
      onNote: say,
      onBlock: display.onBlock,
      onChunk: ({ cell, last, state }) => {
        if (last) log(`scenario ${cell.scenario.index} ${cell.strategy.name}: ${state}`);
      },
    });
    display.stop();
    const seconds = (performance.now() - begun) / 1000;
    for (const line of warningLines(result.warnings)) say(`warning: ${line}`);
    for (const line of hints(result)) say(line);
    if (args.json) process.stdout.write(runDocument(result, outputDir));
    else if (!args.quiet) process.stdout.write(runReport(result, outputDir, seconds));
    // From here on Ctrl-C may end the program at once: the numbers are written.
    interrupt.release();
    if (args.plots !== undefined) await attachExactLaws(outputDir, result, say);
    await present(outputDir, args);
    requireCells(plan, result);
    requireThresholds(result, args['strict-thresholds'] === true);
  } finally {
    display.stop();
    interrupt.release();
    queue?.close();
  }
}

type Presentation = Pick<SimulationArguments, 'plots' | 'html' | 'json' | 'quiet' | 'verbose'>;

/** Draws the pictures and writes the page that are asked for, from the CSVs in a run's folder, which are read once. */
export async function present(folder: string, args: Presentation): Promise<void> {
  const { plots, html } = args;
  if (plots === undefined && html !== true) return;
  const tables = await readRunTables(folder);
  if (plots !== undefined) await draw(folder, tables, plots, args);
  if (html === true) await writeReportPage(folder, tables, args);
}

/** Draws a run's folder and says what was drawn and what could not be. */
async function draw(
  folder: string,
  tables: RunTables,
  format: ChartFormat,
  { json, quiet, verbose }: Presentation,
): Promise<void> {
  const begun = performance.now();
  const { files, notes } = await drawRun(folder, tables, format);
  if (!quiet) for (const note of notes) process.stderr.write(`${note}\n`);
  if (verbose) process.stderr.write(`drawn in ${((performance.now() - begun) / 1000).toFixed(1)} s\n`);
  if (!quiet && !json) process.stdout.write(`pictures in ${folder}: ${files.join(', ')}\n`);
}

/** Writes the page of a run's folder and says where it is. */
async function writeReportPage(
  folder: string,
  tables: RunTables,
  { json, quiet, verbose }: Presentation,
): Promise<void> {
  const begun = performance.now();
  const { writePage } = await import('../report/html/write-page.ts');
  const file = await writePage(folder, tables);
  if (verbose) process.stderr.write(`page written in ${((performance.now() - begun) / 1000).toFixed(2)} s\n`);
  if (!quiet && !json) process.stdout.write(`page: ${path.join(folder, file)}\n`);
}

function requireCells(plan: RunPlan, { scenarios }: RunResult): void {
  const failed = scenarios.flatMap(({ strategies }) => strategies.filter(({ state }) => state === 'failed'));
  if (failed.length === 0) return;
  const [first] = failed;
  const reason = first?.state === 'failed' ? `${first.strategy}: ${first.message}` : '';
  throw new CellsFailedError(`${failed.length} of ${plan.cells.length} cells failed; the first: ${reason}`);
}

function requireThresholds({ thresholds = [] }: RunResult, strict: boolean): void {
  const unmet = thresholds.filter(({ status }) => status === 'failed' || (strict && status === 'unresolved'));
  const [first] = unmet;
  if (first === undefined) return;
  const { threshold, scenario, strategy, actual, status } = first;
  const figure = Number.isNaN(actual) ? 'not defined' : Number(actual.toPrecision(5));
  throw new ThresholdsFailedError(
    `${unmet.length} of ${thresholds.length} thresholds not met; the first: ${threshold.expression} ${status} for ` +
      `${strategy} in scenario ${scenario.index}, where it is ${figure} (see thresholds.csv)`,
  );
}
