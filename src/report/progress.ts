import { RunningMean } from '../aggregate/running-mean.ts';
import type { Block } from '../plan/blocks.ts';
import type { Cell, RunPlan } from '../plan/plan.ts';
import type { PathColumns } from '../simulate/path-columns.ts';
import { formatCount, formatDuration, formatEstimate } from '../util/format.ts';
import { startDisplay } from './progress-display.ts';

/** Shows how far a run is, on stderr. */
export interface Progress {
  block(cell: Cell, columns: PathColumns, block: Block): void;
  stop(): void;
}

export function startProgress(plan: RunPlan, stream: NodeJS.WriteStream): Progress {
  const tally = new Tally(plan.cells.reduce((sum, { scenario }) => sum + scenario.paths, 0));
  const display = startDisplay(tally.total, 'solving', stream);
  return {
    block(cell, columns, block) {
      tally.add(cell, columns, block);
      display.show(tally.done, tally.total, () => tally.text());
    },
    stop: () => display.stop(),
  };
}

/** Paths done, their rate, and the estimate of the cell under way. */
class Tally {
  /** Those that the run begins with; more where paths are added until a precision is reached. */
  total: number;
  done = 0;
  readonly #begun = performance.now();
  #cell: Cell | undefined;
  #mean = new RunningMean();

  constructor(total: number) {
    this.total = total;
  }

  add(cell: Cell, columns: PathColumns, { firstPath, paths }: Block): void {
    this.done += paths;
    this.total = Math.max(this.total, this.done);
    // Blocks of a later cell may come in before the last of an earlier one; the display follows the newest.
    if (this.#cell === undefined || cell.index > this.#cell.index) {
      this.#cell = cell;
      this.#mean = new RunningMean();
    }
    const slot = firstPath - columns.firstPath;
    if (cell === this.#cell) this.#mean.add(columns.pnl, slot, slot + paths);
  }

  text(): string {
    const rate = (1000 * this.done) / (performance.now() - this.#begun);
    const left = (this.total - this.done) / rate;
    const estimate = formatEstimate(this.#mean.mean, this.#mean.standardError);
    return (
      `${formatCount(this.done)}/${formatCount(this.total)} paths | ${formatCount(Math.round(rate))} paths/s | ` +
      `${formatDuration(left)} left | ${this.#cell?.strategy.name ?? ''}: mean PnL ${estimate}`
    );
  }
}
