import path from 'node:path';
import type { Argv, InferredOptionTypes } from 'yargs';
import { writeCharts } from '../report/draw-run.ts';
import { solveCharts } from '../report/plots/solve-charts.ts';
import { quotesCsvRows } from '../report/quotes-csv.ts';
import { openRunFolder } from '../report/run-folder.ts';
import { solveHjb } from '../solve/hjb-grid.ts';
import { writeFileAtomicStreaming } from '../util/atomic-write.ts';
import { ConfigError } from '../util/errors.ts';
import { configArgument, experimentOptions, plotsOption, single } from './common-options.ts';
import { loadPlan } from './load-plan.ts';

const options = {
  ...experimentOptions,
  output: { type: 'string', alias: 'o', describe: 'CSV file to write', defaultDescription: 'stdout' },
  'output-dir': {
    type: 'string',
    describe: 'folder for quotes.csv, instead of stdout; with --plots its pictures',
    coerce: single('output-dir'),
  },
  plots: { ...plotsOption, describe: 'also draw the quotes: png (the default format) or svg; needs --output-dir' },
} as const;
type Arguments = InferredOptionTypes<typeof options> & { readonly config: string };

/** `solve <config>`: the HJB grid of the experiment's model as CSV. */
export const solve = {
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
    const { plots, 'output-dir': folder } = args;
    if (plots !== undefined && folder === undefined) {
      throw new ConfigError('--plots: expected --output-dir beside it (the pictures need a folder)');
    }
    if (folder !== undefined && args.output !== undefined) {
      throw new ConfigError(
        '--output: it stands in the way of --output-dir, which has a quotes.csv (give one of them)',
      );
    }
    // Before the work, so that a folder that cannot be written is known at once.
    const opened = folder === undefined ? undefined : await openRunFolder(folder);
    const grid = solveHjb(scenario.model);
    const rows = quotesCsvRows(grid);
    const output = opened === undefined ? args.output : path.join(opened.path, 'quotes.csv');
    if (output === undefined) {
      for (const chunk of rows) {
        if (!process.stdout.write(chunk)) await new Promise((resolve) => process.stdout.once('drain', resolve));
      }
      return;
    }
    await writeFileAtomicStreaming(output, async (write) => {
      for (const chunk of rows) await write(chunk);
    });
    if (opened === undefined || plots === undefined) return;
    const files = await writeCharts(opened.path, solveCharts(grid), plots);
    process.stdout.write(`quotes.csv and ${files.join(', ')} in ${opened.path}\n`);
  },
};
