import { catalogue } from '../catalogue.ts';
import { type ExperimentFile, loadExperimentFile } from '../config/load.ts';

/** The arguments of `experimentOptions` and `configArgument`, as parsed. */
interface ExperimentArguments {
  readonly config: string;
  readonly set: readonly string[];
  readonly paths: number | undefined;
  readonly seed: string | undefined;
}

/** The experiment that the command line describes. Throws ConfigError and FileError. */
export function loadExperiment({ config, set, paths, seed }: ExperimentArguments): Promise<ExperimentFile> {
  return loadExperimentFile(config, catalogue, {
    overrides: set,
    ...(paths === undefined ? {} : { paths }),
    ...(seed === undefined ? {} : { seed }),
  });
}
