import { QuoteError } from '../quote-error.ts';

/** Least and greatest half spread that an action can quote, price units. */
export interface DistanceRange {
  readonly low: number;
  readonly high: number;
}

/** The half spread of a network's output: −1 and 1 are the ends of the range. @throws QuoteError where the output is no number */
export function distanceOf({ low, high }: DistanceRange, output: number): number {
  if (Number.isNaN(output)) throw new QuoteError('the policy network gives no number');
  const distance = 0.5 * (low + high) + 0.5 * (high - low) * output;
  return distance < low ? low : distance > high ? high : distance;
}

/** The half spread of level 0 … levels − 1, equally spaced. */
export function distanceOfLevel({ low, high }: DistanceRange, levels: number, level: number): number {
  return low + ((high - low) * level) / (levels - 1);
}

/** Writes [δb, δa] of action 0 … levels² − 1: level ⌊action/levels⌋ at the bid, action mod levels at the ask. */
export function readLevels(range: DistanceRange, levels: number, action: number, out: Float64Array): void {
  out[0] = distanceOfLevel(range, levels, Math.floor(action / levels));
  out[1] = distanceOfLevel(range, levels, action % levels);
}
