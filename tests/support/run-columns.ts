import type { StrategyResult } from '../../src/aggregate/results.ts';
import { runBatch } from '../../src/library/run-batch.ts';
import type { PathColumns } from '../../src/simulate/path-columns.ts';

export interface DoneStrategy {
  readonly result: StrategyResult & { readonly state: 'done' };
  /** A copy of the columns. */
  readonly columns: PathColumns;
}

/** Runs an experiment of one scenario on the calling thread: strategy name to what it came to. Throws where a strategy fails. */
export async function runColumns(experiment: object): Promise<ReadonlyMap<string, DoneStrategy>> {
  const columns = new Map<string, PathColumns>();
  const { scenarios } = await runBatch(experiment, {
    workers: 0,
    onChunk(outcome) {
      if (outcome.state === 'done') columns.set(outcome.cell.strategy.name, structuredClone(outcome.columns));
    },
  });
  const [scenario] = scenarios;
  if (scenario === undefined || scenarios.length > 1) throw new Error('expected one scenario');
  return new Map(
    scenario.strategies.map((result) => {
      const own = columns.get(result.strategy);
      if (result.state === 'failed' || own === undefined) {
        throw new Error(result.state === 'failed' ? result.message : 'no columns');
      }
      return [result.strategy, { result, columns: own }];
    }),
  );
}

export function strategyOf(run: ReadonlyMap<string, DoneStrategy>, name: string): DoneStrategy {
  const found = run.get(name);
  if (found === undefined) throw new Error(`no strategy ${name}`);
  return found;
}
