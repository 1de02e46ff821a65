import type { Argv, InferredOptionTypes } from 'yargs';
import type { RunPlan } from '../plan/plan.ts';
import { planText } from '../report/plan-text.ts';
import { startProgress } from '../report/progress.ts';
import { defaultRunFolder } from '../report/run-folder.ts';
import { runDocument, runReport } from '../report/run-report.ts';
import { warningLines } from '../report/warning-text.ts';
import { runExperiment } from '../run-experiment.ts';
import { CellsFailedError } from '../util/errors.ts';
import { configArgument, experimentOptions, outputOptions, simulationOptions, workerCount } from './common-options.ts';
import { onInterrupt } from './interrupt.ts';
import { loadPlan } from './load-plan.ts';

const options = { ...experimentOptions, ...simulationOptions, ...outputOptions };
type Arguments = InferredOptionTypes<typeof options> & { readonly config: string };

/** `run <config>`: the main job. `sweep <config>` is the same road; the file's `sweep:` makes the scenarios. */
export const run = command('run <config>', 'simulate every strategy of an experiment and write the report');
export const sweep = command('sweep <config>', 'run an experiment over the parameter grid of its sweep: section');

function command(usage: string, describe: string) {
  return {
    command: usage,
    describe,
    builder: (yargs: Argv) =>
      yargs
        .positional('config', configArgument)
        .options(options)
        .example('$0 run configs/quickstart.yaml', 'run an experiment')
        .example('$0 run configs/quickstart.yaml --set model.gamma=0.5 --paths 50000', 'change it on the way')
        .example('$0 sweep configs/inventory-sweep.yaml --workers 4', 'a grid of parameters on four threads'),
    handler,
  };
}

async function handler(args: Arguments): Promise<void> {
  const plan = await loadPlan(args);
  if (args['dry-run']) {
    process.stdout.write(planText(plan, args.json));
    return;
  }
  await execute(plan, args);
}

async function execute(plan: RunPlan, args: Arguments): Promise<void> {
  const workers = workerCount(args.workers);
  const outputDir = args['output-dir'] ?? defaultRunFolder(plan, new Date());
  const log = (line: string): void => {
    if (args.verbose) process.stderr.write(`${line}\n`);
  };
  log(`${plan.cells.length} cells, ${workers} workers, writing to ${outputDir}`);
  const interrupt = onInterrupt();
  const progress = args.progress && !args.quiet ? startProgress(plan, process.stderr) : undefined;
  const begun = performance.now();
  try {
    const result = await runExperiment(plan, {
      workers,
      outputDir,
      exportPaths: args['export-paths'],
      signal: interrupt.signal,
      onBlock: (cell, columns, block) => progress?.block(cell, columns, block),
      onChunk: ({ cell, last, state }) => {
        if (last) log(`scenario ${cell.scenario.index} ${cell.strategy.name}: ${state}`);
      },
    });
    progress?.stop();
    const seconds = (performance.now() - begun) / 1000;
    if (!args.quiet) for (const line of warningLines(result.warnings)) process.stderr.write(`warning: ${line}\n`);
    if (args.json) process.stdout.write(runDocument(result, outputDir));
    else if (!args.quiet) process.stdout.write(runReport(result, outputDir, seconds));
    const failed = result.scenarios.flatMap(({ strategies }) => strategies.filter(({ state }) => state === 'failed'));
    if (failed.length > 0) {
      const [first] = failed;
      const reason = first?.state === 'failed' ? `${first.strategy}: ${first.message}` : '';
      throw new CellsFailedError(`${failed.length} of ${plan.cells.length} cells failed; the first: ${reason}`);
    }
  } finally {
    progress?.stop();
    interrupt.release();
  }
}
