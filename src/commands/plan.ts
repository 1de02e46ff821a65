import type { Argv, InferredOptionTypes } from 'yargs';
import type { RunPlan } from '../plan/plan.ts';
import type { Shard } from '../plan/shard.ts';
import { planText } from '../report/plan-text.ts';
import { defaultRunFolder } from '../report/run-folder.ts';
import { estimateTime } from '../report/time-estimate.ts';
import { checkRun } from '../run-experiment.ts';
import { shardText } from '../run-shard.ts';
import { configArgument, experimentOptions, outputOptions, simulationOptions, workerCount } from './common-options.ts';
import { loadPlan } from './load-plan.ts';

const options = {
  ...experimentOptions,
  'output-dir': simulationOptions['output-dir'],
  workers: simulationOptions.workers,
  json: outputOptions.json,
};
type Arguments = InferredOptionTypes<typeof options> & { readonly config: string };

/** `plan <config>`: what `run` would do, as `run --dry-run` says it. */
export const plan = {
  builder: (yargs: Argv) => yargs.positional('config', configArgument).options(options),
  handler: async (args: Arguments): Promise<void> => printPlan(await loadPlan(args), args),
};

/** Checks what a run checks before its work, times a few cells and prints the plan. Throws as `checkRun` does. */
export async function printPlan(
  plan: RunPlan,
  args: Pick<Arguments, 'output-dir' | 'workers' | 'json'> & {
    readonly fresh?: boolean;
    readonly shard?: Shard | undefined;
  },
): Promise<void> {
  await checkRun(plan, args['output-dir'] ?? defaultRunFolder(plan, new Date()), args.fresh === true);
  process.stdout.write(planText(plan, args.json, await estimateTime(plan, workerCount(args.workers))));
  if (args.shard !== undefined && !args.json) process.stdout.write(`  ${shardText(plan, args.shard)}\n`);
}
