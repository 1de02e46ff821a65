import type { Argv, InferredOptionTypes } from 'yargs';
import { runExperiment } from '../run-experiment.ts';
import { ConfigError } from '../util/errors.ts';
import {
  configArgument,
  executorOptions,
  experimentOptions,
  htmlOption,
  journalOption,
  outputOptions,
  plotsOption,
  simulationOptions,
} from './common-options.ts';
import { executeRun } from './execute-run.ts';
import { defaultShardFolder, executeShard } from './execute-shard.ts';
import { loadPlan } from './load-plan.ts';
import { printPlan } from './plan.ts';
import { shardOption } from './shard-option.ts';

const options = {
  ...experimentOptions,
  ...simulationOptions,
  ...executorOptions,
  plots: plotsOption,
  html: htmlOption,
  journal: journalOption,
  shard: shardOption,
  fresh: { type: 'boolean', default: false, describe: 'start over where the folder holds an unfinished run' },
  ...outputOptions,
} as const;
type Arguments = InferredOptionTypes<typeof options> & { readonly config: string };

/** `run <config>`: the main job. `sweep <config>` is the same road; the file's `sweep:` makes the scenarios. */
export const run = {
  builder: (yargs: Argv) =>
    yargs
      .positional('config', configArgument)
      .options(options)
      .example('$0 run configs/quickstart.yaml', 'run an experiment')
      .example('$0 run configs/quickstart.yaml --set model.gamma=0.5 --paths 50000', 'change it on the way')
      .example('$0 sweep configs/inventory-sweep.yaml --workers 4', 'a grid of parameters on four threads')
      .example('$0 sweep grid.yaml --executor queue --redis redis://host:6379', 'on all machines with a worker')
      .example('$0 run my.yaml --shard 3/20 --output-dir shards/3', 'the third of 20 parts; see merge'),
  handler,
};

async function handler(args: Arguments): Promise<void> {
  const plan = await loadPlan(args);
  const { shard } = args;
  if (shard !== undefined && args.executor === 'queue') {
    throw new ConfigError(
      '--shard: expected without --executor queue, which spreads the whole run (choose one of them)',
    );
  }
  if (args['dry-run']) {
    const place = args['output-dir'] ?? (shard && defaultShardFolder(plan, shard));
    await printPlan(plan, { ...args, 'output-dir': place });
    return;
  }
  if (shard !== undefined) {
    await executeShard(plan, shard, args);
    return;
  }
  const { journal, fresh, 'export-paths': exportPaths } = args;
  await executeRun(plan, args, (options) => runExperiment(plan, { ...options, exportPaths, journal, fresh }));
}
