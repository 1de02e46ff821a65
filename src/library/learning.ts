import os from 'node:os';
import { catalogue } from '../catalogue.ts';
import { checkExperiment, type ExperimentFile } from '../config/load.ts';
import { type EvaluationResult, evaluate as evaluatePlan } from '../rl/evaluate.ts';
import { planEvaluation } from '../rl/evaluation-plan.ts';
import { learningScenario } from '../rl/learning-scenario.ts';
import { type TrainingResult, type TrainOptions, train as trainOn } from '../rl/train.ts';
import type { RunOptions } from '../run-experiment.ts';

/** What `loadExperimentFile` gives, or a plain object of the config file's shape. */
export type Experiment = ExperimentFile | Readonly<Record<string, unknown>>;

/**
 * Learns a policy as the experiment's `rl:` section says and writes it to a folder: what `mm-batch train` does.
 * @throws ConfigError for a wrong experiment, a sweep or several assets, and as `TrainOptions` say
 */
export async function train(experiment: Experiment, options: TrainOptions): Promise<TrainingResult> {
  return trainOn(learningScenario(experimentOf(experiment), 'config'), options);
}

export interface EvaluateOptions extends Omit<RunOptions, 'workers'> {
  /** The policy file that `train` or `Ppo.save` wrote. */
  readonly policy: string;
  /** Threads; by default the cores. */
  readonly workers?: number;
}

/**
 * Holds a policy against hjb, constant, inventory_aware and the optimum over the experiment's paths, under common random
 * numbers, and writes the run's folder: what `mm-batch evaluate` does.
 * @throws ConfigError for a wrong experiment or policy, FileError where the folder cannot be written
 */
export async function evaluate(
  experiment: Experiment,
  { policy, workers = os.availableParallelism(), ...options }: EvaluateOptions,
): Promise<EvaluationResult> {
  const file = experimentOf(experiment);
  const evaluation = planEvaluation(file, learningScenario(file, 'config'), policy);
  return evaluatePlan(evaluation, { workers, ...options });
}

function experimentOf(experiment: Experiment): ExperimentFile {
  return isFile(experiment) ? experiment : checkExperiment(experiment, catalogue);
}

function isFile(experiment: Experiment): experiment is ExperimentFile {
  return 'scenarioAt' in experiment && typeof experiment.scenarioAt === 'function';
}
