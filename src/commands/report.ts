import type { Argv, InferredOptionTypes } from 'yargs';
import { outputOptions, plotsOption } from './common-options.ts';
import { draw } from './execute-run.ts';

const options = {
  plots: { ...plotsOption, describe: 'format of the pictures: png or svg', defaultDescription: 'png' },
  quiet: outputOptions.quiet,
  verbose: outputOptions.verbose,
} as const;
type Arguments = InferredOptionTypes<typeof options> & { readonly folder: string };

/** `report <folder>`: draws a finished run again from its CSVs alone. */
export const report = {
  command: 'report <folder>',
  describe: 'draw the pictures of a finished run from its CSVs, without simulating',
  builder: (yargs: Argv) =>
    yargs
      .positional('folder', { type: 'string', demandOption: true, describe: "a run's folder" })
      .options(options)
      .example('$0 report runs/my-run', 'redraw the pictures')
      .example('$0 report runs/my-run --plots svg', 'as SVG'),
  handler: (args: Arguments): Promise<void> => draw(args.folder, args.plots ?? 'png', { ...args, json: false }),
};
