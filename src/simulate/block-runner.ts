import { type Block, blocksOf } from '../plan/blocks.ts';
import type { Cell } from '../plan/plan.ts';
import type { SimulatedCell } from './block-request.ts';
import type { BlockStore } from './block-store.ts';
import type { BlockExecutor } from './executors/executor.ts';
import type { Interruption } from './interruption.ts';
import type { PathColumns } from './path-columns.ts';
import { viewPathColumns } from './results-buffer.ts';
import { bytesOfSlot } from './slot-bytes.ts';
import { Slots } from './slots.ts';
import { blockWorkIn, workOfPath } from './work-estimate.ts';

export interface BlockHooks {
  /** A block's slots are final; for progress only, in no particular order. */
  readonly onBlock?: ((cell: Cell, columns: PathColumns, block: Block) => void) | undefined;
  /** Where paths are kept beyond the run. */
  readonly store?: BlockStore | undefined;
}

/** The failure of the earliest path, so that the message does not depend on which worker was first. */
export interface BlockFailure {
  readonly firstPath: number;
  readonly error: Error;
}

/** Blocks that are all handed over; `failure` never rejects. */
export interface StartedBlocks {
  readonly failure: Promise<BlockFailure | undefined>;
}

/** The slots of a block are at most so many bytes: a message, or a record of the journal. */
const MOST_BYTES = 8 * 2 ** 20;

/** Hands blocks to the executor as slots come free, those whose paths are stored left out. */
export class BlockRunner {
  readonly #executor: BlockExecutor;
  readonly #interrupted: Interruption;
  readonly #hooks: BlockHooks;
  readonly #slots: Slots;

  constructor(executor: BlockExecutor, interrupted: Interruption, hooks: BlockHooks) {
    this.#executor = executor;
    this.#interrupted = interrupted;
    this.#hooks = hooks;
    this.#slots = new Slots(() => executor.capacity);
  }

  /** Has the paths of `range` written into their slots of `buffer`; resolves when the last of them is handed over. */
  async start(cell: Cell, request: SimulatedCell, buffer: SharedArrayBuffer, range: Block): Promise<StartedBlocks> {
    const blocks: Promise<void>[] = [];
    let failure: BlockFailure | undefined;
    for (const block of await this.#missing(cell, buffer, range)) {
      await this.#interrupted.orElse(this.#slots.take());
      if (failure !== undefined) {
        this.#slots.give();
        break;
      }
      const written = this.#run(cell, request, buffer, block)
        .catch((error: unknown) => {
          if (failure === undefined || block.firstPath < failure.firstPath) {
            failure = { firstPath: block.firstPath, error: asError(error) };
          }
        })
        .finally(() => this.#slots.give());
      blocks.push(written);
    }
    return { failure: Promise.all(blocks).then(() => failure) };
  }

  async #run(cell: Cell, request: SimulatedCell, buffer: SharedArrayBuffer, block: Block): Promise<void> {
    const throughMid = await this.#executor.run({ cell: request, ...block, columns: buffer });
    this.#hooks.onBlock?.(cell, viewPathColumns(buffer), block);
    await this.#hooks.store?.keep(cell, buffer, block, throughMid);
  }

  /** The blocks of the range that are not stored; the others' slots are filled. */
  async #missing(cell: Cell, buffer: SharedArrayBuffer, range: Block): Promise<Block[]> {
    const { store, onBlock } = this.#hooks;
    const ranges = store === undefined ? [range] : await this.#interrupted.orElse(store.recall(cell, buffer, range));
    let next = range.firstPath;
    for (const { firstPath, paths } of [...ranges, { firstPath: range.firstPath + range.paths, paths: 0 }]) {
      if (firstPath > next) onBlock?.(cell, viewPathColumns(buffer), { firstPath: next, paths: firstPath - next });
      next = firstPath + paths;
    }
    const work = workOfPath(cell.scenario);
    const mostWork = work * Math.floor(MOST_BYTES / bytesOfSlot(buffer));
    const blockWork = Math.min(mostWork, this.#executor.blockWork ?? blockWorkIn(cell.scenario));
    return ranges.flatMap(({ firstPath, paths }) =>
      [...blocksOf(paths, work, blockWork)].map((part) => ({ ...part, firstPath: firstPath + part.firstPath })),
    );
  }
}

export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
