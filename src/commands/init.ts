import { existsSync } from 'node:fs';
import type { Argv } from 'yargs';
import { writeFileAtomic } from '../util/atomic-write.ts';
import { FileError } from '../util/errors.ts';

const TEMPLATE = `# An mm-batch experiment. Run it with: npx mm-batch run FILE
name: first-experiment
seed: 42
paths: 10000            # for each strategy
simulator:              # the market as it is
  sigma: 2.0            # price units per sqrt(time)
  A: 140                # market orders per unit of time, each side, at distance 0
  k: 1.5                # decay of the fill intensity, 1 / price units
  T: 1.0
  dt: 0.001
  Q_max: 10
model:                  # what the maker believes; sigma, A, k, T and Q_max default to the simulator's
  gamma: 0.1            # risk aversion
  delta_min: null       # bounds of the quoted distances; null = none
  delta_max: null
strategies:
  - hjb
  - constant
  - {type: inventory_aware, half_spread: 0.745, skew: 0.05}
`;

interface Arguments {
  readonly file: string;
}

/** `init [file]`: an experiment to start from. */
export const init = {
  command: 'init [file]',
  describe: 'write an experiment file to start from',
  builder: (yargs: Argv) =>
    yargs.positional('file', { type: 'string', default: 'experiment.yaml', describe: 'file to write; must not exist' }),
  handler: async ({ file }: Arguments): Promise<void> => {
    if (existsSync(file)) throw new FileError(`${file}: exists already (give another name, or remove it)`);
    await writeFileAtomic(file, TEMPLATE);
    process.stdout.write(`${file} written; run it with: npx mm-batch run ${file}\n`);
  },
};
