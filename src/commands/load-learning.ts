import path from 'node:path';
import { catalogue } from '../catalogue.ts';
import type { Scenario } from '../config/experiment.ts';
import { type ExperimentFile, loadExperimentFile } from '../config/load.ts';
import { ConfigError } from '../util/errors.ts';

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
  if (file.axes.length > 0) {
    throw new ConfigError(
      `${config} sweep: expected one scenario to learn, got a sweep of ${file.axes.map((axis) => axis.path).join(', ')} ` +
        '(fix the swept keys with --set, or remove sweep:)',
    );
  }
  const scenario = file.scenarioAt({});
  if (scenario.portfolio !== undefined) {
    throw new ConfigError(`${config} assets: expected one asset to learn, got several (remove assets:)`);
  }
  return { file, scenario, modelFolder: path.join('models', file.name.replaceAll(/[^A-Za-z0-9._-]+/g, '-')) };
}
