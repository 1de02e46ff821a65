import type { Argv, InferredOptionTypes } from 'yargs';
import { mergeShards, openShards } from '../merge-shards.ts';
import { htmlOption, outputOptions, plotsOption, simulationOptions } from './common-options.ts';
import { executeRun } from './execute-run.ts';

const options = {
  'output-dir': simulationOptions['output-dir'],
  'export-paths': { ...simulationOptions['export-paths'], defaultDescription: 'as the shards were run' },
  'strict-thresholds': simulationOptions['strict-thresholds'],
  fresh: { type: 'boolean', default: false, describe: 'start over where the folder holds an unfinished run' },
  plots: plotsOption,
  html: htmlOption,
  ...outputOptions,
} as const;
type Arguments = InferredOptionTypes<typeof options> & { readonly folders: string[] };

/** `merge <shard-dir…>`: the report of a run whose shards were simulated by themselves. */
export const merge = {
  builder: (yargs: Argv) =>
    yargs
      .positional('folders', {
        type: 'string',
        array: true,
        demandOption: true,
        describe: 'the folders of all shards in any order, or the folder that holds them',
      })
      .options(options)
      .example('$0 run my.yaml --shard 3/20 --output-dir shards/3', 'the third of 20 shards, on any machine')
      .example('$0 merge shards --output-dir runs/merged', 'when all 20 are there'),
  handler: async (args: Arguments): Promise<void> => {
    const shards = await openShards(args.folders);
    try {
      const exportPaths = args['export-paths'] ?? shards.exportPaths;
      const { fresh } = args;
      // Reading is done by one thread.
      await executeRun(shards.plan, { ...args, workers: 0, simulates: false }, (run) =>
        mergeShards(shards, { ...run, exportPaths, fresh }),
      );
    } finally {
      await shards.close();
    }
  },
};
