import type { ModelParameters } from '../../config/experiment.ts';
import type { RlParameters } from '../../config/rl-schema.ts';
import { optimalMyopicHalfSpread } from '../../solve/closed-forms.ts';
import { type DistanceRange, readLevels } from '../../strategies/ppo/action-range.ts';
import { ConfigError } from '../../util/errors.ts';
import { type Box, box, type Discrete, discrete } from './spaces.ts';

/**
 * The range of the action space: what the config says, else the model's quote bounds, else 1/k on either side of the myopic
 * half spread. Throws ConfigError where nothing is left of it.
 */
export function distanceRange(
  model: ModelParameters,
  rl: Pick<RlParameters, 'min_half_spread' | 'max_half_spread'>,
): DistanceRange {
  const myopic = optimalMyopicHalfSpread(model);
  const low = rl.min_half_spread ?? model.delta_min ?? myopic - 1 / model.k;
  const high = rl.max_half_spread ?? model.delta_max ?? myopic + 1 / model.k;
  if (low < high) return { low, high };
  throw new ConfigError(
    `rl.max_half_spread: expected more than the least half spread ${low}, got ${high} (give rl.min_half_spread and rl.max_half_spread)`,
  );
}

/** How actions become half spreads δb and δa. */
export interface ActionReader {
  readonly space: Box | Discrete;
  /** Numbers in an action: 2 for the box, 1 for the discrete space. */
  readonly size: number;
  /**
   * Writes [δb, δa] of the action at actions[at] … to out.
   * @throws RangeError for a number that is none, or no action of the discrete space
   */
  read(actions: ArrayLike<number>, at: number, out: Float64Array): void;
}

/** The half spreads themselves, price units; those outside the range are clipped to it. */
export function continuousActions({ low, high }: DistanceRange): ActionReader {
  return {
    space: box([low, low], [high, high]),
    size: 2,
    read(actions, at, out) {
      for (let side = 0; side < 2; side++) {
        const distance = actions[at + side]!;
        if (!(Math.abs(distance) < Number.POSITIVE_INFINITY)) {
          throw new RangeError(`action: expected two finite half spreads, got ${distance}`);
        }
        out[side] = distance < low ? low : distance > high ? high : distance;
      }
    },
  };
}

/** `levels` equally spaced half spreads a side; action a quotes level ⌊a / levels⌋ at the bid and a mod levels at the ask. */
export function discreteActions(range: DistanceRange, levels: number): ActionReader {
  const space = discrete(levels * levels);
  return {
    space,
    size: 1,
    read(actions, at, out) {
      const action = actions[at];
      if (action === undefined || !space.contains(action)) {
        throw new RangeError(`action: expected an integer from 0 to ${space.n - 1}, got ${action}`);
      }
      readLevels(range, levels, action, out);
    },
  };
}
