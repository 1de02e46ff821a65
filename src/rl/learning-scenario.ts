import type { Scenario } from '../config/experiment.ts';
import type { ExperimentFile } from '../config/load.ts';
import { ConfigError } from '../util/errors.ts';

/**
 * The one scenario that a policy is learnt on.
 * @param label names the experiment in messages
 * @throws ConfigError for a sweep or several assets
 */
export function learningScenario(file: ExperimentFile, label: string): Scenario {
  if (file.axes.length > 0) {
    throw new ConfigError(
      `${label} sweep: expected one scenario to learn, got a sweep of ${file.axes.map((axis) => axis.path).join(', ')} ` +
        '(fix the swept keys with --set, or remove sweep:)',
    );
  }
  const scenario = file.scenarioAt({});
  if (scenario.portfolio !== undefined) {
    throw new ConfigError(`${label} assets: expected one asset to learn, got several (remove assets:)`);
  }
  return scenario;
}
