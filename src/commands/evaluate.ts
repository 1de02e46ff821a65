import path from 'node:path';
import type { Argv, InferredOptionTypes } from 'yargs';
import type { EvaluationFigures } from '../rl/evaluation-figures.ts';
import { checkPolicies } from '../strategies/custom/check-policies.ts';
import { configArgument, experimentOptions, outputOptions, simulationOptions, single } from './common-options.ts';
import { executeRun } from './execute-run.ts';
import { loadLearning } from './load-learning.ts';

const options = {
  ...experimentOptions,
  policy: {
    type: 'string',
    describe: 'policy file that train wrote',
    defaultDescription: 'models/<name>/policy.json',
    coerce: single('policy'),
  },
  'output-dir': { ...simulationOptions['output-dir'], defaultDescription: 'runs/<date>-<name>-evaluation-<hash>' },
  workers: simulationOptions.workers,
  ...outputOptions,
} as const;
type Arguments = InferredOptionTypes<typeof options> & { readonly config: string };

/** `evaluate <config>`: a learnt policy against hjb, constant and inventory_aware, and against the exact optimum. */
export const evaluate = {
  builder: (yargs: Argv) =>
    yargs
      .positional('config', configArgument)
      .options(options)
      .example('$0 evaluate configs/ppo.yaml --paths 50000', 'the policy that $0 train configs/ppo.yaml learnt'),
  handler,
};

async function handler(args: Arguments): Promise<void> {
  // Loaded on demand: no other command learns.
  const { evaluate: evaluatePolicy } = await import('../rl/evaluate.ts');
  const { planEvaluation } = await import('../rl/evaluation-plan.ts');
  const { evaluationText } = await import('../rl/evaluation-text.ts');
  const { file, scenario, modelFolder } = await loadLearning(args.config, {
    overrides: args.set,
    seed: args.seed,
    paths: args.paths,
  });
  const evaluation = planEvaluation(file, scenario, args.policy ?? path.join(modelFolder, 'policy.json'));
  await checkPolicies(evaluation.plan);
  let figures: EvaluationFigures | undefined;
  await executeRun(evaluation.plan, { ...args, plots: undefined }, async (run) => {
    const result = await evaluatePolicy(evaluation, run);
    figures = result.figures;
    return result.run;
  });
  if (figures !== undefined && !args.json && !args.quiet) process.stdout.write(evaluationText(figures));
}
