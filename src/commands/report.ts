import type { Argv, InferredOptionTypes } from 'yargs';
import { htmlOption, outputOptions, plotsOption } from './common-options.ts';
import { present } from './execute-run.ts';

const options = {
  plots: { ...plotsOption, describe: 'format of the pictures: png or svg', defaultDescription: 'png' },
  html: htmlOption,
  quiet: outputOptions.quiet,
  verbose: outputOptions.verbose,
} as const;
type Arguments = InferredOptionTypes<typeof options> & { readonly folder: string };

/** `report <folder>`: draws a finished run again, pictures and page, from its CSVs alone. */
export const report = {
  builder: (yargs: Argv) =>
    yargs
      .positional('folder', { type: 'string', demandOption: true, describe: "a run's folder" })
      .options(options)
      .example('$0 report runs/my-run', 'redraw the pictures')
      .example('$0 report runs/my-run --plots svg', 'as SVG'),
  handler: async (args: Arguments): Promise<void> => {
    await present(args.folder, { ...args, plots: args.plots ?? 'png', json: false });
  },
};
