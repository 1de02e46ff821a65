/** One number for each step and environment: step s of environment i is at s × environments + i. */
export interface Trajectories {
  readonly environments: number;
  readonly rewards: Float64Array;
  readonly values: Float64Array;
  /** 1 where the step ended its episode. */
  readonly ended: Uint8Array;
}

/**
 * Generalised advantage estimation (Schulman et al., "High-dimensional continuous control using generalized advantage
 * estimation", 2016): A_s = Σ (γλ)^l (r_{s+l} + γV_{s+l+1} − V_{s+l}) up to the end of the episode; returns are A + V.
 * @param lastValues value of the observation after the last step, for each environment
 */
export function generalizedAdvantages(
  { environments, rewards, values, ended }: Trajectories,
  lastValues: Float64Array,
  gamma: number,
  lambda: number,
  advantages: Float32Array,
  returns: Float32Array,
): void {
  const steps = rewards.length / environments;
  for (let i = 0; i < environments; i++) {
    let advantage = 0;
    let next = lastValues[i]!;
    for (let s = steps - 1; s >= 0; s--) {
      const at = s * environments + i;
      const goesOn = ended[at] === 0 ? 1 : 0;
      const value = values[at]!;
      const delta = rewards[at]! + gamma * next * goesOn - value;
      advantage = delta + gamma * lambda * goesOn * advantage;
      advantages[at] = advantage;
      returns[at] = advantage + value;
      next = value;
    }
  }
}
