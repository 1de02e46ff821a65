import path from 'node:path';
import type { Argv, InferredOptionTypes } from 'yargs';
import { startTrainingProgress } from '../rl/training-progress.ts';
import { formatCount, formatDuration, formatEstimate } from '../util/format.ts';
import {
  configArgument,
  experimentOptions,
  outputOptions,
  simulationOptions,
  wholeNumber,
  workerCount,
} from './common-options.ts';
import { onInterrupt } from './interrupt.ts';
import { loadLearning } from './load-learning.ts';

const options = {
  set: experimentOptions.set,
  seed: experimentOptions.seed,
  'total-timesteps': {
    type: 'string',
    describe: 'steps of all environments together, over rl.total_timesteps',
    coerce: wholeNumber('total-timesteps', 1, 1e10),
  },
  'output-dir': {
    ...simulationOptions['output-dir'],
    describe: 'folder for the model, used exactly as given',
    defaultDescription: 'models/<name>',
  },
  resume: {
    type: 'boolean',
    default: false,
    describe: 'go on from the checkpoint in the folder, to the same policy as without the break',
  },
  fresh: { type: 'boolean', default: false, describe: 'start over where the folder holds an unfinished training' },
  workers: {
    ...simulationOptions.workers,
    describe: 'threads that play; 0 plays on the main thread; the policy is the same',
  },
  json: outputOptions.json,
  quiet: outputOptions.quiet,
  progress: outputOptions.progress,
} as const;
type Arguments = InferredOptionTypes<typeof options> & { readonly config: string };

/** `train <config>`: learns a quoting policy by PPO, as the experiment's rl: section says. */
export const train = {
  builder: (yargs: Argv) =>
    yargs
      .positional('config', configArgument)
      .options(options)
      .example('$0 train configs/ppo.yaml', 'learn, then: $0 evaluate configs/ppo.yaml')
      .example('$0 train configs/ppo.yaml --total-timesteps 100000 --seed 7', 'shorter, from another seed'),
  handler,
};

async function handler(args: Arguments): Promise<void> {
  // Loaded on demand: no other command learns.
  const { rlOf } = await import('../rl/env/settings.ts');
  const { train: trainPolicy } = await import('../rl/train.ts');
  const steps = args['total-timesteps'];
  const overrides = [...args.set, ...(steps === undefined ? [] : [`rl.total_timesteps=${steps}`])];
  const { scenario, modelFolder } = await loadLearning(args.config, { overrides, seed: args.seed });
  const folder = args['output-dir'] ?? modelFolder;
  const interrupt = onInterrupt();
  const total = rlOf(scenario).total_timesteps;
  const progress = args.progress && !args.quiet ? startTrainingProgress(total, process.stderr) : undefined;
  const begun = performance.now();
  try {
    const { rows, policyFile } = await trainPolicy(scenario, {
      folder,
      resume: args.resume,
      fresh: args.fresh,
      workers: workerCount(args.workers),
      signal: interrupt.signal,
      onUpdate: (row) => progress?.update(row),
    });
    progress?.stop();
    const last = rows.at(-1);
    if (args.json) {
      process.stdout.write(`${JSON.stringify({ policy: policyFile, updates: rows.length, last }, undefined, 2)}\n`);
    } else if (!args.quiet && last !== undefined) {
      process.stdout.write(
        `${formatCount(last.timesteps)} timesteps in ${formatDuration((performance.now() - begun) / 1000)}, seed ${scenario.seed}; ` +
          `reward of the latest episodes ${formatEstimate(last.ep_rew_mean, last.ep_rew_se)}; policy in ${policyFile}, ` +
          `learning curve in ${path.join(folder, 'learning_curve.png')}\n`,
      );
    }
  } finally {
    progress?.stop();
    interrupt.release();
  }
}
