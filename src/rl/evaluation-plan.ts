import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Scenario, StrategySpec } from '../config/experiment.ts';
import type { ExperimentFile } from '../config/load.ts';
import { planRun, type RunPlan } from '../plan/plan.ts';
import { midpriceOf } from '../simulate/midprice/index.ts';
import { type PolicyFile, readPolicyFile } from '../strategies/ppo/policy-file.ts';
import { ConfigError } from '../util/errors.ts';
import { rlOf } from './env/settings.ts';
import { objectiveOf } from './objective.ts';

/** Held against every learnt policy, with the model that the reward stands for. */
const BASELINES = ['hjb', 'constant', 'inventory_aware'];

/** A learnt policy and the run that it is evaluated in. */
export interface Evaluation {
  readonly policy: PolicyFile;
  readonly scenario: Scenario;
  readonly plan: RunPlan;
}

/**
 * The run that holds a policy against hjb, constant, inventory_aware and the experiment's other strategies: in continuous time
 * where the midprice allows it, since that is what the HJB equation is of, and with the model that the reward stands for.
 * @throws ConfigError where the file is no policy, or is one of another reward
 */
export function planEvaluation(file: ExperimentFile, scenario: Scenario, policyFile: string): Evaluation {
  const policy = readPolicyFile(policyFile);
  const { reward } = rlOf(scenario);
  if (policy.training.reward !== reward) {
    throw new ConfigError(
      `${policyFile}: expected a policy of rl.reward = ${reward}, got one of ${policy.training.reward} (train it, or change rl.reward)`,
    );
  }
  const pathwise = policy.observation.some(({ feature }) => feature !== 'time' && feature !== 'inventory');
  const { schemes } = midpriceOf(scenario.simulator.midprice.type);
  const scheme = schemes === undefined || schemes.includes('event') ? 'event' : 'stepped';
  // Without an inventory bound there is no grid.
  const baselines = BASELINES.filter((type) => type !== 'hjb' || scenario.model.Q_max !== null);
  const others = scenario.strategies.filter(({ type }) => type !== 'ppo' && !BASELINES.includes(type));
  const evaluated: Scenario = {
    ...scenario,
    simulator: { ...scenario.simulator, scheme },
    model: objectiveOf(reward, scenario.model),
    strategies: [
      learnt(policyFile, pathwise),
      ...baselines.map((type) => ({ type, name: type, params: {} })),
      ...others,
    ],
    pathwise: scenario.pathwise || pathwise,
    variance_reduction: pathwise ? 'none' : scenario.variance_reduction,
  };
  const plan = planRun({
    ...file,
    name: `${file.name}-evaluation`,
    source: undefined,
    axes: [],
    points: () => [{}],
    scenarioAt: () => evaluated,
  });
  return { policy, scenario: evaluated, plan };
}

function learnt(file: string, pathwise: boolean): StrategySpec {
  const sha256 = createHash('sha256').update(readFileSync(file)).digest('hex');
  const type = pathwise ? 'ppo_pathwise' : 'ppo';
  return { type, name: 'ppo', params: { policy: file }, source: { file: path.resolve(file), sha256 } };
}
