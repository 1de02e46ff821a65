import cliProgress from 'cli-progress';
import { RunningMean } from '../aggregate/running-mean.ts';
import type { Block } from '../plan/blocks.ts';
import type { Cell, RunPlan } from '../plan/plan.ts';
import type { PathColumns } from '../simulate/path-columns.ts';
import { formatCount, formatDuration, formatEstimate } from '../util/format.ts';

/** Shows how far a run is, on stderr: a bar on a terminal, a line every few seconds elsewhere. */
export interface Progress {
  block(cell: Cell, columns: PathColumns, block: Block): void;
  stop(): void;
}

/** Seconds between lines where stderr is not a terminal. */
const LINE_INTERVAL = 5;

export function startProgress(plan: RunPlan, stream: NodeJS.WriteStream): Progress {
  const total = plan.cells.reduce((sum, { scenario }) => sum + scenario.paths, 0);
  const tally = new Tally(total);
  return stream.isTTY ? barProgress(tally, stream) : lineProgress(tally, stream);
}

function barProgress(tally: Tally, stream: NodeJS.WriteStream): Progress {
  const bar = new cliProgress.SingleBar({
    stream,
    format: '{bar} {percentage} % | {text}',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 24,
    fps: 8,
    hideCursor: true,
    clearOnComplete: true,
    stopOnComplete: false,
  });
  bar.start(tally.total, 0, { text: 'solving' });
  return {
    block(cell, columns, block) {
      tally.add(cell, columns, block);
      if (bar.getTotal() !== tally.total) bar.setTotal(tally.total);
      bar.update(tally.done, { text: tally.text() });
    },
    stop: () => bar.stop(),
  };
}

function lineProgress(tally: Tally, stream: NodeJS.WriteStream): Progress {
  let next = LINE_INTERVAL;
  return {
    block(cell, columns, block) {
      tally.add(cell, columns, block);
      if (tally.seconds() < next) return;
      next = tally.seconds() + LINE_INTERVAL;
      stream.write(`${Math.floor((100 * tally.done) / tally.total)} % | ${tally.text()}\n`);
    },
    stop() {},
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

  seconds(): number {
    return (performance.now() - this.#begun) / 1000;
  }

  text(): string {
    const rate = this.done / this.seconds();
    const left = (this.total - this.done) / rate;
    const estimate = formatEstimate(this.#mean.mean, this.#mean.standardError);
    return (
      `${formatCount(this.done)}/${formatCount(this.total)} paths | ${formatCount(Math.round(rate))} paths/s | ` +
      `${formatDuration(left)} left | ${this.#cell?.strategy.name ?? ''}: mean PnL ${estimate}`
    );
  }
}
