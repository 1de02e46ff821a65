import { catalogue } from '../catalogue.ts';
import { loadExperimentFile } from '../config/load.ts';
import { planRun, type RunPlan } from '../plan/plan.ts';
import { checkPolicies } from '../strategies/custom/check-policies.ts';

/** The arguments of `experimentOptions` and `configArgument`, as parsed. */
interface ExperimentArguments {
  readonly config: string;
  readonly set: readonly string[];
  readonly paths: number | undefined;
  readonly seed: string | undefined;
}

/** The plan of the experiment that the command line describes. Throws ConfigError and FileError. */
export async function loadPlan({ config, set, paths, seed }: ExperimentArguments): Promise<RunPlan> {
  const file = await loadExperimentFile(config, catalogue, {
    overrides: set,
    ...(paths === undefined ? {} : { paths }),
    ...(seed === undefined ? {} : { seed }),
  });
  const plan = planRun(file);
  await checkPolicies(plan);
  return plan;
}
