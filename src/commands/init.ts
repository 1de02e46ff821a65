import { existsSync } from 'node:fs';
import { basename } from 'node:path';
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

const POLICY = `// A policy for mm-batch: quotes at time t, inventory q and midprice S. Name it in an experiment:
//   strategies:
//     - {type: custom, module: ./FILE, params: {half_spread: 0.7, skew: 0.05}, name: mine}
import type { Policy } from 'mm-batch';

// Prices of bid and ask; null = no quote on that side. For a policy with a memory export {create(context)}, which is
// called at the start of each path with the parameters, the solved quotes and random numbers, and returns (t, q, S) => [bid, ask].
export const policy: Policy = (t, q, S, params) => {
  const half = Number(params['half_spread'] ?? 0.7);
  const skew = Number(params['skew'] ?? 0.05);
  return [S - half - skew * q, S + half - skew * q];
};
`;

interface Arguments {
  readonly file: string | undefined;
  readonly policy: boolean;
}

/** `init [file]`: an experiment to start from, or a policy. */
export const init = {
  builder: (yargs: Argv) =>
    yargs
      .positional('file', {
        type: 'string',
        defaultDescription: 'experiment.yaml, or policy.ts',
        describe: 'file to write; must not exist',
      })
      .option('policy', { type: 'boolean', default: false, describe: 'write a custom policy in TypeScript' }),
  handler: async ({ file: given, policy }: Arguments): Promise<void> => {
    const file = given ?? (policy ? 'policy.ts' : 'experiment.yaml');
    if (existsSync(file)) throw new FileError(`${file}: exists already (give another name, or remove it)`);
    await writeFileAtomic(file, policy ? POLICY.replaceAll('FILE', basename(file)) : TEMPLATE);
    const next = policy
      ? `name it in an experiment: {type: custom, module: ./${basename(file)}, name: mine}`
      : `run it with: npx mm-batch run ${file}`;
    process.stdout.write(`${file} written; ${next}\n`);
  },
};
