/** The public API: what the command line does, from code. */
import { catalogue } from './catalogue.ts';
import {
  checkExperiment as check,
  type ExperimentFile,
  type LoadOptions,
  loadExperimentFile as load,
} from './config/load.ts';

export type { Choice, ChoiceRow, ChoiceStatus } from './aggregate/choice.ts';
export type { Comparison, Verdict } from './aggregate/comparison.ts';
export type { RunResult, ScenarioResult, StrategyResult } from './aggregate/results.ts';
export type { StrategyComparison } from './aggregate/scenario-accumulator.ts';
export type { Summary } from './aggregate/summary.ts';
export type { ThresholdResult, ThresholdStatus } from './aggregate/thresholds.ts';
export type { Uncertainty } from './aggregate/uncertainty.ts';
export type { Warning } from './aggregate/warnings.ts';
export type * from './config/experiment.ts';
export type { ExperimentFile, LoadOptions } from './config/load.ts';
export { type ExactLaw, exactLaw } from './exact/exact-law.ts';
export { NoExactLawError } from './exact/no-exact-law-error.ts';
export {
  type BacktestOptions,
  type BacktestResult,
  type PlotOptions,
  plotResults,
  runBacktest,
} from './library/backtest.ts';
export { createDefaultModel, InventoryHjb } from './library/inventory-hjb.ts';
export { type EvaluateOptions, type Experiment, evaluate, train } from './library/learning.ts';
export { replayPath } from './library/replay-path.ts';
export { runBatch } from './library/run-batch.ts';
export type { SimulationResult } from './library/simulate-path.ts';
export {
  createDefaultSimulator,
  createSimulator,
  type SimulationOptions,
  Simulator,
  type SimulatorOptions,
} from './library/simulator.ts';
export { mergeShards, type OpenShards, openShards } from './merge-shards.ts';
export { type Cell, type PlannedScenario, planRun, type RunPlan } from './plan/plan.ts';
export { runReport } from './report/run-report.ts';
export { warningText } from './report/warning-text.ts';
export {
  createDefaultEnv,
  createEnv,
  MarketMakingEnv,
  type StepInfo,
  type StepResult,
} from './rl/env/market-making-env.ts';
export { type EnvOptions, type EnvSettings, envSettings, scenarioEnv } from './rl/env/settings.ts';
export type { Box, Discrete, Space } from './rl/env/spaces.ts';
export { VectorEnv } from './rl/env/vector-env.ts';
export type { EvaluationResult } from './rl/evaluate.ts';
export {
  type ActingPolicy,
  evaluatePolicy,
  LearntPolicy,
  loadPolicy,
  type PolicyRewards,
} from './rl/evaluate-policy.ts';
export type { EvaluationFigures, EvaluationRow } from './rl/evaluation-figures.ts';
export { policyOnnx } from './rl/onnx.ts';
export { Ppo, type PpoOptions } from './rl/ppo/ppo.ts';
export type { TrainingRow } from './rl/ppo/training-row.ts';
export type { TrainingResult, TrainOptions } from './rl/train.ts';
export { type RunOptions, runExperiment, type SimulateOptions, simulatePlan } from './run-experiment.ts';
export { runShard, type ShardOptions, type ShardResult } from './run-shard.ts';
export { PathError } from './simulate/walk/path-error.ts';
export type { Trajectory } from './simulate/walk/recorder.ts';
export * from './solve/closed-forms.ts';
export { type HjbGrid, solveHjb } from './solve/hjb-grid.ts';
export { attachJointHjbGrid, type JointHjbGrid, solveJointHjb } from './solve/joint/joint-hjb.ts';
export { createJointQuoteReader, type JointQuoteReader, type JointQuotes } from './solve/joint/joint-quotes.ts';
export { type BoundShares, boundShares } from './solve/quote-bounds.ts';
export { createQuoteReader, type QuoteReader, quotesFromTheta } from './solve/quotes.ts';
export { SolveError } from './solve/solve-error.ts';
export type * from './strategies/custom/policy-api.ts';
export type { PolicyFile } from './strategies/ppo/policy-file.ts';
export { CellsFailedError, ConfigError, ExitCode, FileError, InterruptedError, UserError } from './util/errors.ts';
export { version } from './util/version.ts';

/** Reads and checks an experiment file. Throws ConfigError with every problem in it, FileError where it cannot be read. */
export function loadExperimentFile(file: string, options: LoadOptions = { overrides: [] }): Promise<ExperimentFile> {
  return load(file, catalogue, options);
}

/** Checks an experiment given as a plain object of the config file's shape. Throws ConfigError with every problem in it. */
export function checkExperiment(value: unknown): ExperimentFile {
  return check(value, catalogue);
}
