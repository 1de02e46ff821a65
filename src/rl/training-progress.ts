import cliProgress from 'cli-progress';
import { formatCount, formatDuration, formatEstimate } from '../util/format.ts';
import type { TrainingRow } from './ppo/training-row.ts';

/** Shows how far a training is, on stderr: a bar on a terminal, a line every few seconds elsewhere. */
export interface TrainingProgress {
  update(row: TrainingRow): void;
  stop(): void;
}

/** Seconds between lines where stderr is not a terminal. */
const LINE_INTERVAL = 5;

/** @param total timesteps that the training ends at */
export function startTrainingProgress(total: number, stream: NodeJS.WriteStream): TrainingProgress {
  const begun = performance.now();
  let first: number | undefined;
  const describe = ({ timesteps, ep_rew_mean, ep_rew_se, std }: TrainingRow, perUpdate: number): string => {
    const seconds = (performance.now() - begun) / 1000;
    // A resumed training has begun with timesteps that took no time.
    first ??= timesteps - perUpdate;
    const rate = (timesteps - first) / seconds;
    return (
      `${formatCount(timesteps)}/${formatCount(total)} timesteps | ${formatCount(Math.round(rate))}/s | ` +
      `${formatDuration(Math.max(0, total - timesteps) / rate)} left | reward ${formatEstimate(ep_rew_mean, ep_rew_se)} | std ${std.toFixed(3)}`
    );
  };
  if (!stream.isTTY) {
    let next = LINE_INTERVAL;
    return {
      update(row) {
        const text = describe(row, row.timesteps / row.update);
        const seconds = (performance.now() - begun) / 1000;
        if (seconds < next) return;
        next = seconds + LINE_INTERVAL;
        stream.write(`${Math.floor((100 * row.timesteps) / total)} % | ${text}\n`);
      },
      stop() {},
    };
  }
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
  bar.start(total, 0, { text: 'loading' });
  return {
    update: (row) => bar.update(Math.min(total, row.timesteps), { text: describe(row, row.timesteps / row.update) }),
    stop: () => bar.stop(),
  };
}
