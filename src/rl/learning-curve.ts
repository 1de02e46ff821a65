import type { RewardType } from '../config/rl-schema.ts';
import { lineChart } from '../report/plots/line-chart.ts';
import type { ChartSpec } from '../report/plots/render-chart.ts';
import { EPISODES, type TrainingRow } from './ppo/training-row.ts';

/** Half of a 95 % interval in standard errors. */
const Z95 = 1.959963984540054;

/**
 * Mean reward of the latest episodes over the timesteps, with exploration, and its 95 % interval; undefined where fewer than
 * two episodes have ended, of which nothing is known.
 */
export function learningCurve(rows: readonly TrainingRow[], reward: RewardType): ChartSpec | undefined {
  const known = rows.filter(({ ep_rew_mean, ep_rew_se }) => Number.isFinite(ep_rew_mean) && Number.isFinite(ep_rew_se));
  if (known.length === 0) return undefined;
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
    ],
  });
}
