import cliProgress from 'cli-progress';

/** Shows how far something is, on stderr: a bar on a terminal, a line every few seconds elsewhere. */
export interface ProgressDisplay {
  /** @param text made only where it is shown */
  show(done: number, total: number, text: () => string): void;
  stop(): void;
}

/** Seconds between lines where stderr is not a terminal. */
const LINE_INTERVAL = 5;

/** @param opening what the bar says before the first `show` */
export function startDisplay(total: number, opening: string, stream: NodeJS.WriteStream): ProgressDisplay {
  return stream.isTTY ? barDisplay(total, opening, stream) : lineDisplay(stream);
}

function barDisplay(first: number, opening: string, stream: NodeJS.WriteStream): ProgressDisplay {
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
  bar.start(first, 0, { text: opening });
  return {
    show(done, total, text) {
      if (bar.getTotal() !== total) bar.setTotal(total);
      bar.update(done, { text: text() });
    },
    stop: () => bar.stop(),
  };
}

function lineDisplay(stream: NodeJS.WriteStream): ProgressDisplay {
  const begun = performance.now();
  let next = LINE_INTERVAL;
  return {
    show(done, total, text) {
      const seconds = (performance.now() - begun) / 1000;
      if (seconds < next) return;
      next = seconds + LINE_INTERVAL;
      stream.write(`${Math.floor((100 * done) / total)} % | ${text()}\n`);
    },
    stop() {},
  };
}
