import { describe, expect, it } from 'vitest';
import { catalogue } from '../../src/catalogue.ts';
import type { ModelParameters } from '../../src/config/experiment.ts';
import { checkExperiment } from '../../src/config/load.ts';
import { type Cell, planRun } from '../../src/plan/plan.ts';
import type { BlockExecutor } from '../../src/simulate/executors/executor.ts';
import { createInlineExecutor } from '../../src/simulate/executors/inline.ts';
import { GridCache, modelKey, type SolvedModel, solveModel } from '../../src/simulate/grid-cache.ts';
import { prepareCell } from '../../src/simulate/prepare-cell.ts';
import { prepareOnThreads } from '../../src/simulate/prepare-on-threads.ts';
import { prepareRequest } from '../../src/simulate/prepare-request.ts';
import { type ChunkOutcome, simulateCells } from '../../src/simulate/simulate-cells.ts';
import { gridModelsOf } from '../../src/simulate/solved-models.ts';

const MARKET = { sigma: 2, A: 140, k: 1.5, scheme: 'event', Q_max: 5 };
const FREE = { delta_min: null, delta_max: null };

function cellsOf(experiment: object): readonly Cell[] {
  return planRun(checkExperiment({ paths: 50, simulator: MARKET, model: FREE, ...experiment }, catalogue)).cells;
}

/** Another thread as far as messages go: what goes in and out is copied, shared memory apart. */
class OtherThread implements BlockExecutor {
  readonly capacity = 4;
  readonly solved: string[] = [];
  preparing = 0;
  mostPreparing = 0;
  readonly #inline = createInlineExecutor();
  readonly prepare = prepareOnThreads({
    solve: async (model: ModelParameters): Promise<SolvedModel> => {
      this.solved.push(modelKey(model));
      if (model.gamma === 0.5) throw new Error('no solution');
      return structuredClone(solveModel(structuredClone(model)));
    },
    prepare: async (request: Parameters<typeof prepareRequest>[0]) => {
      this.preparing++;
      this.mostPreparing = Math.max(this.mostPreparing, this.preparing);
      await Promise.resolve();
      const reply = structuredClone(prepareRequest(structuredClone(request)));
      this.preparing--;
      return reply;
    },
  });

  run(request: Parameters<BlockExecutor['run']>[0]): ReturnType<BlockExecutor['run']> {
    return this.#inline.run(structuredClone(request));
  }

  async close(): Promise<void> {}
}

async function pnls(cells: readonly Cell[], executor: BlockExecutor): Promise<unknown[]> {
  const found: unknown[] = [];
  const onChunk = (outcome: ChunkOutcome): void => {
    found.push(outcome.state === 'done' ? [...outcome.columns.pnl] : outcome.error.message);
    if (outcome.state === 'done') outcome.release();
  };
  await simulateCells(cells, executor, { onChunk });
  return found;
}

const SWEEP = {
  'simulator.sigma': [1, 2, 3],
  'model.gamma': [0.1, 0.2, 0.4],
  'simulator.scheme': ['event', 'stepped'],
};

describe('preparation on other threads', () => {
  it('gives what preparation on the calling thread does, with each distinct model solved once', async () => {
    const cells = cellsOf({
      model: { ...FREE, sigma: 2 },
      simulator: { ...MARKET, dt: 0.01 },
      strategies: ['hjb', 'constant', { type: 'hjb', name: 'twin' }, { type: 'hjb', name: 'k2', model: { k: 2 } }],
      sweep: SWEEP,
    });
    const other = new OtherThread();
    expect(await pnls(cells, other)).toEqual(await pnls(cells, createInlineExecutor()));
    // sigma and the scheme are the market's; the model's gamma and the k of one strategy make 3 x 2 models.
    expect(other.solved).toHaveLength(6);
    expect(new Set(other.solved).size).toBe(6);
    expect(other.mostPreparing).toBeGreaterThan(1);
    expect(other.mostPreparing).toBeLessThanOrEqual(other.capacity);
  });

  it('a model without a solution fails its cells alone', async () => {
    const cells = cellsOf({ strategies: ['hjb', 'constant'], sweep: { 'model.gamma': [0.1, 0.5, 0.2] } });
    const found = await pnls(cells, new OtherThread());
    expect(found.map((one) => (typeof one === 'string' ? one : 'done'))).toEqual([
      'done',
      'done',
      'no solution',
      'done',
      'done',
      'done',
    ]);
  });

  it.each([
    ['tabulated', {}],
    ['walked', { simulator: { ...MARKET, latency: 0.01 } }],
  ])('knows beforehand every model that a strategy reads, %s', (_name, more) => {
    const strategies = catalogue.strategies
      .map(({ type }) => type)
      .filter((type) => type !== 'custom' && type !== 'joint_hjb');
    const seen = new Set<string>();
    for (const type of strategies) {
      const experiment = { strategies: [type], ...more };
      let cells: readonly Cell[];
      try {
        cells = cellsOf(experiment);
      } catch {
        continue;
      }
      class Strict extends GridCache {
        override solve(model: ModelParameters): SolvedModel {
          if (!known.has(modelKey(model))) throw new Error(`${type} reads a model that was not announced`);
          return super.solve(model);
        }
      }
      const [cell] = cells;
      if (cell === undefined) throw new Error('no cell');
      const known = new Set(gridModelsOf(cell).map(modelKey));
      prepareCell(cell, new Strict());
      if (known.size > 0) seen.add(type);
    }
    expect([...seen]).toEqual(expect.arrayContaining(['hjb', 'cartea_jaimungal']));
  });
});
