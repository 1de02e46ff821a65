import { exp, log } from '../util/elementary.ts';
import { MAX_SCENARIOS } from './fields.ts';

export interface Range {
  readonly from: number;
  readonly to: number;
  readonly steps?: number | undefined;
  readonly step?: number | undefined;
  readonly scale?: 'linear' | 'log' | undefined;
}

/**
 * The values of a checked range, both ends exact. Inner values have 15 significant digits, those that a double holds of any decimal,
 * so that five steps from 0.1 to 0.5 lead over 0.3 and not 0.30000000000000004; 12 on a log scale.
 */
export function rangeValues({ from, to, steps, step, scale }: Range): readonly number[] {
  if (step !== undefined) return decimalSteps(from, to, step).values;
  const count = steps ?? 2;
  return Array.from({ length: count }, (_, i) => {
    if (i === 0) return from;
    if (i === count - 1) return to;
    if (scale === 'log') return between(from, to, i / (count - 1), scale);
    return Number((from + ((to - from) * i) / (count - 1)).toPrecision(15));
  });
}

/**
 * The value at a share u in [0, 1] of the way from one end to the other, in equal differences or equal ratios, to 12 significant
 * digits: people read and type swept values.
 */
export function between(from: number, to: number, u: number, scale: Range['scale']): number {
  const value = scale === 'log' ? exp(log(from) + u * (log(to) - log(from))) : from + u * (to - from);
  return Number(value.toPrecision(12));
}

/**
 * from, from + step, …, to as decimals: sums of the numbers as they are written, not of their doubles, so that 0.1 + 2 × 0.1 is
 * 0.3. With `problem`, what was expected of the step, where it does not lead to `to` or makes too many values.
 */
export function decimalSteps(
  from: number,
  to: number,
  step: number,
): { readonly values: readonly number[]; readonly problem?: string } {
  if (step === 0) return { values: [], problem: 'a step other than 0' };
  if ((to - from) / step > MAX_SCENARIOS) return { values: [], problem: `a step of at most ${MAX_SCENARIOS} values` };
  const decimals = [from, to, step].map(decimalOf);
  const places = decimals.reduce((most, decimal) => Math.max(most, decimal.places), 0);
  const [first = 0n, last = 0n, difference = 1n] = decimals.map(
    (decimal) => decimal.digits * 10n ** BigInt(places - decimal.places),
  );
  const valueAt = (i: bigint): number => Number(`${first + i * difference}e-${places}`);
  const count = (last - first) / difference;
  if (count < 1n || first + count * difference !== last) {
    const end = count < 1n ? '' : ` (${step} ends at ${valueAt(count)})`;
    return { values: [], problem: `a step that leads from ${from} to ${to}${end}` };
  }
  return { values: Array.from({ length: Number(count) + 1 }, (_, i) => valueAt(BigInt(i))) };
}

/** A double as the shortest decimal that reads back to it: digits × 10^−places, places >= 0. */
function decimalOf(x: number): { readonly digits: bigint; readonly places: number } {
  const [mantissa = '0', exponent = '0'] = x.toExponential().split('e');
  const fraction = mantissa.split('.')[1] ?? '';
  const digits = BigInt(mantissa.replace('.', ''));
  const places = fraction.length - Number(exponent);
  return places >= 0 ? { digits, places } : { digits: digits * 10n ** BigInt(-places), places: 0 };
}
