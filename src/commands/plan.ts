import type { Argv, InferredOptionTypes } from 'yargs';
import { planText } from '../report/plan-text.ts';
import { configArgument, experimentOptions, outputOptions } from './common-options.ts';
import { loadPlan } from './load-plan.ts';

const options = { ...experimentOptions, json: outputOptions.json };
type Arguments = InferredOptionTypes<typeof options> & { readonly config: string };

/** `plan <config>`: what `run` would do, as `run --dry-run` says it. */
export const plan = {
  command: 'plan <config>',
  describe: 'print the cells, blocks and memory of a run, without running it',
  builder: (yargs: Argv) => yargs.positional('config', configArgument).options(options),
  handler: async (args: Arguments): Promise<void> => {
    process.stdout.write(planText(await loadPlan(args), args.json));
  },
};
