import { startDisplay } from '../report/progress-display.ts';
import { formatCount, formatDuration, formatEstimate } from '../util/format.ts';
import type { TrainingRow } from './ppo/training-row.ts';

/** Shows how far a training is, on stderr. */
export interface TrainingProgress {
  update(row: TrainingRow): void;
  stop(): void;
}

/** @param total timesteps that the training ends at */
export function startTrainingProgress(total: number, stream: NodeJS.WriteStream): TrainingProgress {
  const begun = performance.now();
  const display = startDisplay(total, 'loading', stream);
  // A resumed training has begun with timesteps that took no time.
  let first: number | undefined;
  return {
    update({ timesteps, update, ep_rew_mean, ep_rew_se, std }) {
      first ??= timesteps - timesteps / update;
      const rate = (1000 * (timesteps - first)) / (performance.now() - begun);
      display.show(
        Math.min(total, timesteps),
        total,
        () =>
          `${formatCount(timesteps)}/${formatCount(total)} timesteps | ${formatCount(Math.round(rate))}/s | ` +
          `${formatDuration(Math.max(0, total - timesteps) / rate)} left | reward ${formatEstimate(ep_rew_mean, ep_rew_se)} | std ${std.toFixed(3)}`,
      );
    },
    stop: () => display.stop(),
  };
}
