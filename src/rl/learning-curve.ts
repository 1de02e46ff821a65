import type { RewardType } from '../config/rl-schema.ts';
import { lineChart } from '../report/plots/line-chart.ts';
import type { ChartSpec } from '../report/plots/render-chart.ts';
import { EPISODES, type TrainingRow } from './ppo/training-row.ts';

/** Half of a 95 % interval in standard errors. */
const Z95 = 1.959963984540054;

/**
 * Mean reward of the latest episodes over the timesteps, with exploration, and its 95 % interval; undefined where fewer than
 * two episodes have ended, of which nothing is known.
 * @param best the largest mean reward that any actions have, drawn where it is known
 */
export function learningCurve(rows: readonly TrainingRow[], reward: RewardType, best: number): ChartSpec | undefined {
  const known = rows.filter(({ ep_rew_mean, ep_rew_se }) => Number.isFinite(ep_rew_mean) && Number.isFinite(ep_rew_se));
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const ends = [first.timesteps, last.timesteps];
  const optimum = Number.isNaN(best) ? [] : [{ name: 'optimum', x: ends, y: [best, best], dashed: true }];
  return lineChart({
    title: 'Learning curve',
    subtitle: `mean of the latest ${EPISODES} episodes, exploring, with its 95 % interval`,
    x: { label: 'timesteps' },
    y: { label: `total reward of an episode (${reward})` },
    series: [
      {
        name: 'ppo',
        x: known.map(({ timesteps }) => timesteps),
        y: known.map(({ ep_rew_mean }) => ep_rew_mean),
        band: {
          low: known.map(({ ep_rew_mean, ep_rew_se }) => ep_rew_mean - Z95 * ep_rew_se),
          high: known.map(({ ep_rew_mean, ep_rew_se }) => ep_rew_mean + Z95 * ep_rew_se),
        },
      },
      ...optimum,
    ],
  });
}
