import type { Argv, InferredOptionTypes } from 'yargs';
import { planResumed } from '../resume-run.ts';
import { runExperiment } from '../run-experiment.ts';
import { checkPolicies } from '../strategies/custom/check-policies.ts';
import { ConfigError } from '../util/errors.ts';
import {
  executorOptions,
  experimentOptions,
  htmlOption,
  journalOption,
  outputOptions,
  plotsOption,
  simulationOptions,
} from './common-options.ts';
import { executeRun } from './execute-run.ts';
import { executeShard } from './execute-shard.ts';

const options = {
  paths: { ...experimentOptions.paths, describe: 'paths for each strategy, those that there are among them' },
  set: { ...experimentOptions.set, describe: 'change paths, precision or statistics: --set precision.se=0.005' },
  'as-begun': {
    type: 'boolean',
    default: false,
    describe: 'go on with the experiment as it was begun though its file has changed since',
  },
  workers: simulationOptions.workers,
  'time-limit': simulationOptions['time-limit'],
  ...executorOptions,
  'export-paths': { ...simulationOptions['export-paths'], defaultDescription: 'as the run was begun' },
  journal: journalOption,
  plots: plotsOption,
  html: htmlOption,
  ...outputOptions,
} as const;
type Arguments = InferredOptionTypes<typeof options> & { readonly folder: string };

/** `resume <run-dir>`: finishes an interrupted run, or adds paths to a finished one. */
export const resume = {
  builder: (yargs: Argv) =>
    yargs
      .positional('folder', { type: 'string', demandOption: true, describe: "the run's folder" })
      .options(options)
      .example('$0 resume runs/my-run', 'go on after Ctrl-C, a crash or a power cut')
      .example('$0 resume runs/my-run --paths 20000', 'raise 10,000 paths to 20,000; the first 10,000 are taken over'),
  handler,
};

async function handler(args: Arguments): Promise<void> {
  const { folder, paths } = args;
  const { plan, record, isDone } = await planResumed(folder, { paths, overrides: args.set, asBegun: args['as-begun'] });
  if (isDone) {
    if (!args.quiet) process.stderr.write(`${folder}: is finished; --paths adds paths to it\n`);
    return;
  }
  const { shard } = record;
  if (shard !== undefined && args.executor === 'queue') {
    throw new ConfigError(`${folder}: holds a shard, which is not spread over a queue (leave out --executor queue)`);
  }
  await checkPolicies(plan);
  if (shard !== undefined) {
    await executeShard(plan, shard, { ...args, 'output-dir': folder, 'export-paths': record.exportPaths });
    return;
  }
  const exportPaths = args['export-paths'] ?? record.exportPaths;
  const target = { ...args, 'output-dir': folder };
  await executeRun(plan, target, (run) =>
    runExperiment(plan, { ...run, exportPaths, journal: args.journal, resume: true }),
  );
}
