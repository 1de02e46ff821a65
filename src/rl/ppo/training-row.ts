/** One update in figures, with Stable-Baselines3's names; episodes are the latest ones, at most EPISODES of them. */
export const TRAINING_COLUMNS = [
  'update',
  'timesteps',
  'episodes',
  'ep_rew_mean',
  'ep_rew_se',
  'ep_pnl_mean',
  'ep_len_mean',
  'learning_rate',
  'n_updates',
  'policy_gradient_loss',
  'value_loss',
  'entropy_loss',
  'approx_kl',
  'clip_fraction',
  'explained_variance',
  'std',
] as const;

export type TrainingRow = Readonly<Record<(typeof TRAINING_COLUMNS)[number], number>>;

/** Episodes that means are taken over. */
export const EPISODES = 100;

/** Reward, PnL and length of the latest episodes, the oldest first. */
export class EpisodeWindow {
  readonly #latest: (readonly [reward: number, pnl: number, length: number])[] = [];
  count = 0;

  add(reward: number, pnl: number, length: number): void {
    this.#latest.push([reward, pnl, length]);
    if (this.#latest.length > EPISODES) this.#latest.shift();
    this.count++;
  }

  /** NaN as long as no episode has ended. */
  figures(): Pick<TrainingRow, 'episodes' | 'ep_rew_mean' | 'ep_rew_se' | 'ep_pnl_mean' | 'ep_len_mean'> {
    const n = this.#latest.length;
    const mean = (column: 0 | 1 | 2): number => this.#latest.reduce((sum, row) => sum + row[column], 0) / n;
    const reward = mean(0);
    const squares = this.#latest.reduce((sum, row) => sum + (row[0] - reward) * (row[0] - reward), 0);
    return {
      episodes: this.count,
      ep_rew_mean: reward,
      ep_rew_se: n > 1 ? Math.sqrt(squares / (n - 1) / n) : Number.NaN,
      ep_pnl_mean: mean(1),
      ep_len_mean: mean(2),
    };
  }

  get state(): { readonly count: number; readonly latest: readonly (readonly number[])[] } {
    return { count: this.count, latest: this.#latest };
  }

  restore({ count, latest }: EpisodeWindow['state']): void {
    this.#latest.length = 0;
    for (const [reward, pnl, length] of latest) this.#latest.push([reward ?? 0, pnl ?? 0, length ?? 0]);
    this.count = count;
  }
}

/** Share of the returns' variance that the values explain; NaN where the returns do not vary. */
export function explainedVariance(values: ArrayLike<number>, returns: ArrayLike<number>): number {
  const variance = (at: (i: number) => number): number => {
    let sum = 0;
    for (let i = 0; i < returns.length; i++) sum += at(i);
    const mean = sum / returns.length;
    let squares = 0;
    for (let i = 0; i < returns.length; i++) squares += (at(i) - mean) * (at(i) - mean);
    return squares;
  };
  const total = variance((i) => returns[i]!);
  return total > 0 ? 1 - variance((i) => returns[i]! - values[i]!) / total : Number.NaN;
}
