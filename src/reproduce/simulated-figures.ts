import { centralMoments, standardErrorOfStd } from '../aggregate/moments.ts';
import type { Summary } from '../aggregate/summary.ts';
import type { RunPlan } from '../plan/plan.ts';
import { simulatePlan } from '../run-experiment.ts';
import { CellsFailedError, ConfigError } from '../util/errors.ts';
import type { SimulatedFigure } from './study-schema.ts';

/** What one strategy's simulation came to. */
export interface SimulatedStrategy {
  readonly summary: Summary;
  /** Standard error of `final_q_std`, units. */
  readonly finalQStdSe: number;
  /** PnL path by path; empty unless it was asked for. */
  readonly pnl: Float64Array;
}

/** What a strategy's paths leave behind, beside their summary. */
interface KeptPaths {
  readonly orderSize: number;
  readonly finalLots: Int32Array;
  readonly pnl: Float64Array;
}

export interface SimulationWishes {
  readonly workers: number;
  readonly signal: AbortSignal;
  /** Keeps each path's PnL, for a chart. */
  readonly keepPnl: boolean;
}

/** Simulates the one scenario of a plan: strategy name to figures. Throws CellsFailedError where a strategy fails. */
export async function simulateCase(
  plan: RunPlan,
  { workers, signal, keepPnl }: SimulationWishes,
): Promise<ReadonlyMap<string, SimulatedStrategy>> {
  const paths = new Map<string, KeptPaths>();
  const { scenarios } = await simulatePlan(plan, {
    workers,
    signal,
    onChunk(outcome) {
      if (outcome.state === 'failed') return;
      const { cell, columns } = outcome;
      const { simulator, paths: count } = cell.scenario;
      const kept = paths.get(cell.strategy.name) ?? {
        orderSize: simulator.order_size,
        finalLots: new Int32Array(count),
        pnl: new Float64Array(keepPnl ? count : 0),
      };
      paths.set(cell.strategy.name, kept);
      kept.finalLots.set(columns.finalLots.subarray(0, columns.count), columns.firstPath);
      if (keepPnl) kept.pnl.set(columns.pnl.subarray(0, columns.count), columns.firstPath);
    },
  });
  const simulated = new Map<string, SimulatedStrategy>();
  for (const result of scenarios.flatMap(({ strategies }) => strategies)) {
    if (result.state === 'failed') throw new CellsFailedError(`${plan.name}: ${result.strategy}: ${result.message}`);
    const kept = paths.get(result.strategy);
    if (kept === undefined) throw new Error(`${plan.name}: ${result.strategy} was simulated without its paths`);
    const finalQStdSe = standardErrorOfStd(centralMoments(kept.finalLots)) * kept.orderSize;
    simulated.set(result.strategy, { summary: result.summary, finalQStdSe, pnl: kept.pnl });
  }
  return simulated;
}

/** An estimate, its standard error, and what that error would be for another number of paths. */
export interface Estimate {
  readonly value: number;
  readonly se: number;
  readonly seAt: (paths: number) => number;
}

/** Throws ConfigError where the experiment has no such strategy. */
export function strategyOf(simulated: ReadonlyMap<string, SimulatedStrategy>, name: string): SimulatedStrategy {
  const found = simulated.get(name);
  if (found !== undefined) return found;
  throw new ConfigError(`expected a strategy of the experiment (${[...simulated.keys()].join(', ')}), got ${name}`);
}

/** Throws ConfigError where the experiment has no such strategy. */
export function estimateOf(
  simulated: ReadonlyMap<string, SimulatedStrategy>,
  { strategy, figure }: SimulatedFigure,
): Estimate {
  const { summary, finalQStdSe } = strategyOf(simulated, strategy);
  const ses = {
    mean: summary.mean_se,
    std: summary.std_se,
    final_q_std: finalQStdSe,
    certainty_equivalent: summary.certainty_equivalent_se,
  };
  const se = ses[figure];
  // Variance reduction makes the mean's error smaller than that of as many plain paths, which is what a paper has.
  const plain = figure === 'mean' ? summary.std / Math.sqrt(summary.paths) : se;
  return { value: summary[figure], se, seAt: (paths) => plain * Math.sqrt(summary.paths / paths) };
}
