import { RunningMean } from '../aggregate/running-mean.ts';
import type { Block } from '../plan/blocks.ts';
import type { Cell } from '../plan/plan.ts';
import type { PathColumns } from '../simulate/path-columns.ts';
import { formatCount, formatDuration, formatEstimate } from '../util/format.ts';
import { startDisplay } from './progress-display.ts';

/** Shows how far a run is, on stderr. */
export interface Progress {
  /** A block's paths are done; its columns where there are any. */
  block(cell: Cell, columns: PathColumns | undefined, block: Block): void;
  /** A line for the user that the display does not run over. */
  print(line: string): void;
  stop(): void;
}

/** @param total paths over all cells */
export function startProgress(total: number, stream: NodeJS.WriteStream): Progress {
  const tally = new Tally(total);
  const display = startDisplay(tally.total, 'solving', stream);
  return {
    block(cell, columns, block) {
      tally.add(cell, columns, block);
      display.show(tally.done, tally.total, () => tally.text());
    },
    print: (line) => display.print(line),
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

  add(cell: Cell, columns: PathColumns | undefined, { firstPath, paths }: Block): void {
    this.done += paths;
    this.total = Math.max(this.total, this.done);
    // Blocks of a later cell may come in before the last of an earlier one; the display follows the newest.
    if (this.#cell === undefined || cell.index > this.#cell.index) {
      this.#cell = cell;
      this.#mean = new RunningMean();
    }
    if (columns === undefined || cell !== this.#cell) return;
    const slot = firstPath - columns.firstPath;
    this.#mean.add(columns.pnl, slot, slot + paths);
  }

  text(): string {
    const rate = (1000 * this.done) / (performance.now() - this.#begun);
    const left = (this.total - this.done) / rate;
    const { count, mean, standardError } = this.#mean;
    const estimate = count === 0 ? '' : `: mean PnL ${formatEstimate(mean, standardError)}`;
    return (
      `${formatCount(this.done)}/${formatCount(this.total)} paths | ${formatCount(Math.round(rate))} paths/s | ` +
      `${formatDuration(left)} left | ${this.#cell?.strategy.name ?? ''}${estimate}`
    );
  }
}
