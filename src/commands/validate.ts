import type { Argv, InferredOptionTypes } from 'yargs';
import { formatCount } from '../util/format.ts';
import { configArgument, experimentOptions, outputOptions } from './common-options.ts';
import { loadPlan } from './load-plan.ts';

const options = { ...experimentOptions, json: outputOptions.json };
type Arguments = InferredOptionTypes<typeof options> & { readonly config: string };

/** `validate <config>`: all problems of an experiment file, sweep included, without running it. */
export const validate = {
  builder: (yargs: Argv) => yargs.positional('config', configArgument).options(options),
  handler: async (args: Arguments): Promise<void> => {
    const plan = await loadPlan(args);
    if (args.json) {
      process.stdout.write(
        `${JSON.stringify({ valid: true, name: plan.name, scenarios: plan.scenarios }, undefined, 2)}\n`,
      );
      return;
    }
    const { scenarios, cells } = plan;
    process.stdout.write(
      `${args.config}: valid; ${formatCount(scenarios.length)} scenarios, ${formatCount(cells.length)} cells\n`,
    );
  },
};
