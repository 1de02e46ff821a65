import type { ModelParameters } from '../config/experiment.ts';
import { assetCells } from '../plan/asset-cells.ts';
import type { Cell } from '../plan/plan.ts';
import { beliefOf } from '../strategies/belief.ts';
import { policyOf, strategies } from '../strategies/index.ts';
import { CACHE_BYTES, modelKey, type SolvedModel } from './grid-cache.ts';

/** Has each distinct model solved once, wherever that is done; like GridCache, it drops the oldest beyond CACHE_BYTES. */
export class SolvedModels {
  readonly #solve: (model: ModelParameters) => Promise<SolvedModel>;
  readonly #solved = new Map<string, { readonly solved: Promise<SolvedModel>; bytes: number }>();
  #bytes = 0;

  constructor(solve: (model: ModelParameters) => Promise<SolvedModel>) {
    this.#solve = solve;
  }

  /** Rejects where the model has no solution, for each who asks for it. */
  get(model: ModelParameters): Promise<SolvedModel> {
    const key = modelKey(model);
    const known = this.#solved.get(key);
    if (known !== undefined) return known.solved;
    const entry = { solved: this.#solve(model), bytes: 0 };
    this.#solved.set(key, entry);
    const keep = ({ grid }: SolvedModel): void => {
      entry.bytes = grid.buffer.byteLength;
      this.#bytes += entry.bytes;
      for (const [oldest, dropped] of this.#solved) {
        if (this.#bytes <= CACHE_BYTES || dropped === entry) break;
        this.#solved.delete(oldest);
        this.#bytes -= dropped.bytes;
      }
    };
    // A failure is told to whoever asked for the model.
    entry.solved.then(keep, () => {});
    return entry.solved;
  }
}

/** The models whose grids the preparation of a cell reads: its own, or on a walk those of all strategies of the scenario. */
export function gridModelsOf(cell: Cell): ModelParameters[] {
  const { scenario, strategy } = cell;
  const isWalk = scenario.pathwise || scenario.portfolio !== undefined || policyOf(strategy.type) !== undefined;
  const cells = isWalk ? scenario.strategies.map((other) => ({ scenario, strategy: other })) : [cell];
  const models = cells.flatMap(assetCells).filter(readsGrid).map(beliefOf);
  return [...new Map(models.map((model) => [modelKey(model), model])).values()];
}

function readsGrid(cell: Pick<Cell, 'scenario' | 'strategy'>): boolean {
  const { type } = cell.strategy;
  if (policyOf(type)?.usesGrid === true) return beliefOf(cell).Q_max !== null;
  return strategies.some((definition) => definition.type === type && definition.needsGrid === true);
}
