import path from 'node:path';
import type { RunResult } from '../aggregate/results.ts';
import { renderChart } from '../report/plots/render-chart.ts';
import { type RunOptions, runExperiment } from '../run-experiment.ts';
import { writeFileAtomic } from '../util/atomic-write.ts';
import { ControlledValues } from './controlled-values.ts';
import { type EvaluationFigures, evaluationCsv, evaluationFigures } from './evaluation-figures.ts';
import type { Evaluation } from './evaluation-plan.ts';
import { optimumOf } from './optimum.ts';
import { learntQuoteCharts } from './quote-charts.ts';

/** What an evaluation came to. */
export interface EvaluationResult {
  readonly run: RunResult;
  readonly figures: EvaluationFigures;
}

/**
 * Simulates a learnt policy against the others over the plan's paths and writes the run's folder, evaluation.csv (values,
 * regrets, total rewards) and pictures of the learnt quotes beside the optimal ones into it. Throws as `runExperiment`.
 */
export async function evaluate(evaluation: Evaluation, options: RunOptions): Promise<EvaluationResult> {
  const [scenario] = evaluation.plan.scenarios;
  if (scenario === undefined) throw new Error('the plan has no scenario');
  const optimum = optimumOf(scenario);
  const values = 'value' in optimum ? new ControlledValues(scenario, optimum.value) : undefined;
  const controlled = (strategy: string) => values?.valueOf(strategy) ?? { value: Number.NaN, se: Number.NaN };
  let figures: EvaluationFigures | undefined;
  const run = await runExperiment(evaluation.plan, {
    ...options,
    onChunk: async (outcome) => {
      values?.add(outcome);
      await options.onChunk?.(outcome);
    },
    attach: async (folder, result) => {
      figures = await evaluationFigures(evaluation, result, optimum, controlled);
      const csv = path.join(folder, 'evaluation.csv');
      await writeFileAtomic(csv, evaluationCsv(figures.rows));
      const pictures: string[] = [];
      for (const { name, spec } of learntQuoteCharts(evaluation.policy, evaluation.scenario)) {
        const file = path.join(folder, `${name}.png`);
        await writeFileAtomic(file, await renderChart(spec, { format: 'png' }));
        pictures.push(file);
      }
      return [csv, ...pictures, ...((await options.attach?.(folder, result)) ?? [])];
    },
  });
  if (figures === undefined) throw new Error('the run attached no figures');
  return { run, figures };
}
