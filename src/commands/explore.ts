import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Argv, InferredOptionTypes } from 'yargs';
import { writeExplore } from '../explore/write-explore.ts';
import { outputOptions, single } from './common-options.ts';

const options = {
  output: {
    type: 'string',
    describe: 'file to write, over an older one',
    defaultDescription: 'explore.html',
    coerce: single('output'),
  },
  quiet: outputOptions.quiet,
} as const;
type Arguments = InferredOptionTypes<typeof options>;

/** `explore`: the interactive page. */
export const explore = {
  builder: (yargs: Argv) =>
    yargs
      .options(options)
      .example('$0 explore', 'write explore.html; open it in a browser, offline too')
      .example('$0 explore --output pages/explore.html', 'elsewhere'),
  handler: async ({ output = 'explore.html', quiet }: Arguments): Promise<void> => {
    await writeExplore(output);
    if (!quiet) process.stdout.write(`${output}: open ${pathToFileURL(path.resolve(output)).href} in a browser\n`);
  },
};
