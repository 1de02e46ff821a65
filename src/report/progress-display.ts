import cliProgress from 'cli-progress';

/** Shows how far something is, on stderr: a bar on a terminal, a line every few seconds elsewhere. */
export interface ProgressDisplay {
  /** @param text made only where it is shown */
  show(done: number, total: number, text: () => string): void;
  /** A line above the bar; written to the stream directly it would go with the bar. */
  print(line: string): void;
  stop(): void;
}

/** Seconds between lines where stderr is not a terminal. */
const LINE_INTERVAL = 5;

/**
 * @param opening what the bar says before the first `show`
 * @param isKillable whether a signal may end the process meanwhile: then the terminal's cursor and its line wrapping are let be
 */
export function startDisplay(
  total: number,
  opening: string,
  stream: NodeJS.WriteStream,
  isKillable = false,
): ProgressDisplay {
  return stream.isTTY ? barDisplay(total, opening, stream, isKillable) : lineDisplay(stream);
}

function barDisplay(first: number, opening: string, stream: NodeJS.WriteStream, isKillable: boolean): ProgressDisplay {
  const bar = new cliProgress.SingleBar({
    stream,
    format: '{bar} {percentage} % | {text}',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 24,
    fps: 8,
    hideCursor: !isKillable,
    linewrap: isKillable,
    clearOnComplete: true,
    stopOnComplete: false,
  });
  let last = { done: 0, total: first, text: opening };
  const start = (): void => bar.start(last.total, last.done, { text: last.text });
  start();
  return {
    show(done, total, text) {
      last = { done, total, text: text() };
      if (bar.getTotal() !== total) bar.setTotal(total);
      bar.update(done, { text: last.text });
    },
    print(line) {
      const isShown = bar.isActive;
      // Ends with the cursor on the bar's line, cleared.
      if (isShown) bar.stop();
      stream.write(`${line}\n`);
      if (isShown) start();
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
    print: (line) => void stream.write(`${line}\n`),
    stop() {},
  };
}
