import type { Argv, InferredOptionTypes } from 'yargs';
import { quotesCsvRows } from '../report/quotes-csv.ts';
import { solveHjb } from '../solve/hjb-grid.ts';
import { writeFileAtomicStreaming } from '../util/atomic-write.ts';
import { ConfigError } from '../util/errors.ts';
import { configArgument, experimentOptions } from './common-options.ts';
import { loadPlan } from './load-plan.ts';

const options = {
  ...experimentOptions,
  output: { type: 'string', alias: 'o', describe: 'CSV file to write', defaultDescription: 'stdout' },
} as const;
type Arguments = InferredOptionTypes<typeof options> & { readonly config: string };

/** `solve <config>`: the HJB grid of the experiment's model as CSV. */
export const solve = {
  command: 'solve <config>',
  describe: "solve the model's HJB grid and write theta and the optimal quotes as CSV",
  builder: (yargs: Argv) => yargs.positional('config', configArgument).options(options),
  handler: async (args: Arguments): Promise<void> => {
    const [scenario, ...others] = (await loadPlan(args)).scenarios;
    if (scenario === undefined || others.length > 0) {
      throw new ConfigError(
        `${args.config} sweep: expected one model, got ${others.length + 1} (fix the swept keys with --set, or remove sweep:)`,
      );
    }
    if (scenario.portfolio !== undefined) {
      throw new ConfigError(
        `${args.config} assets: expected one model, got several assets (remove assets: to solve model:)`,
      );
    }
    const rows = quotesCsvRows(solveHjb(scenario.model));
    if (args.output === undefined) {
      for (const chunk of rows) {
        if (!process.stdout.write(chunk)) await new Promise((resolve) => process.stdout.once('drain', resolve));
      }
      return;
    }
    await writeFileAtomicStreaming(args.output, async (write) => {
      for (const chunk of rows) await write(chunk);
    });
  },
};
