import type { NormaliserState } from './normaliser.ts';
import type { EnvironmentState } from './rollout-request.ts';
import type { EpisodeWindow } from './training-row.ts';

/** The state of a training between two updates. */
export interface PpoState {
  readonly timesteps: number;
  readonly updates: number;
  /** Gradient steps taken. */
  readonly steps: number;
  readonly parameters: Float32Array;
  readonly adam: { readonly steps: number; readonly firstMoments: Float64Array; readonly secondMoments: Float64Array };
  readonly normaliser: NormaliserState;
  readonly environments: readonly EnvironmentState[];
  readonly episodes: EpisodeWindow['state'];
}
