import type { Scenario } from '../../config/experiment.ts';
import type { Scales } from './normaliser.ts';

/** Where an environment stands: the path that it plays and what it did on it so far. Replaying it restores the state. */
export interface EnvironmentState {
  readonly path: number;
  /** Half spreads [δb, δa] step by step. */
  readonly distances: Float64Array;
}

/** An episode that ended in a rollout. */
export interface EndedEpisode {
  /** The rollout's step and the environment that ended it. */
  readonly step: number;
  readonly environment: number;
  readonly reward: number;
  readonly pnl: number;
  readonly length: number;
}

/** Main thread → worker: go on in some of the environments and write their samples. */
export interface PlayRolloutRequest {
  readonly scenario: Scenario;
  /** Of policy and critic, in the order of the scenario's ParameterLayout. */
  readonly parameters: Float32Array;
  readonly scales: Scales;
  readonly firstEnvironment: number;
  readonly environments: readonly EnvironmentState[];
  readonly samples: SharedArrayBuffer;
}

/** Where the environments stand now, and the episodes that ended, environment by environment. */
export interface PlayedRollout {
  readonly environments: readonly EnvironmentState[];
  readonly episodes: readonly EndedEpisode[];
}

/**
 * Worker → main thread. A rollout that fails is an answer like any other, so that a rejected task means that its worker was lost.
 */
export type PlayRolloutReply =
  | { readonly state: 'done'; readonly played: PlayedRollout }
  | { readonly state: 'failed'; readonly error: unknown };
