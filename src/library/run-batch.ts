import os from 'node:os';
import type { RunResult } from '../aggregate/results.ts';
import { catalogue } from '../catalogue.ts';
import { checkExperiment } from '../config/load.ts';
import { planRun } from '../plan/plan.ts';
import { type SimulateOptions, simulatePlan } from '../run-experiment.ts';

/**
 * Runs an experiment given as a plain object of the config file's shape, in memory: what `mm-batch run` does without its
 * folder. Modules of custom strategies are relative to the working directory.
 * @param options.workers threads; by default the cores
 * @throws ConfigError with every problem of the experiment
 */
export function runBatch(
  experiment: unknown,
  { workers = os.availableParallelism(), ...options }: Partial<SimulateOptions> = {},
): Promise<RunResult> {
  return simulatePlan(planRun(checkExperiment(experiment, catalogue)), { workers, ...options });
}
