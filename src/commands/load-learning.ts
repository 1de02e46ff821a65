import path from 'node:path';
import { catalogue } from '../catalogue.ts';
import type { Scenario } from '../config/experiment.ts';
import { type ExperimentFile, loadExperimentFile } from '../config/load.ts';
import { learningScenario } from '../rl/learning-scenario.ts';

/** The experiment that a policy is learnt on, and where its model goes. */
export interface LearningExperiment {
  readonly file: ExperimentFile;
  readonly scenario: Scenario;
  /** `models/<name>`. */
  readonly modelFolder: string;
}

/** @throws ConfigError and FileError as the loading of an experiment, and ConfigError for a sweep or several assets */
export async function loadLearning(
  config: string,
  { overrides, seed, paths }: { overrides: readonly string[]; seed: string | undefined; paths?: number | undefined },
): Promise<LearningExperiment> {
  const file = await loadExperimentFile(config, catalogue, {
    overrides,
    ...(seed === undefined ? {} : { seed }),
    ...(paths === undefined ? {} : { paths }),
  });
  const scenario = learningScenario(file, config);
  return { file, scenario, modelFolder: path.join('models', file.name.replaceAll(/[^A-Za-z0-9._-]+/g, '-')) };
}
