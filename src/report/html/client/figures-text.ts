import { formatEstimate } from '../../../util/format.ts';

/** `67.12 ± 0.04`, with a minus sign. */
export function estimate(value: number, se: number): string {
  return formatEstimate(value, se).replaceAll('-', '−');
}

/** A figure to so many digits, with a minus sign. */
export function short(value: number, digits = 4): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(digits))).replaceAll('-', '−') : 'n/a';
}

/** `67.04 to 67.20`, to the digits that the standard error warrants. */
export function interval(low: number, high: number, se: number): string {
  const bound = (value: number): string => estimate(value, se).split(' ')[0] ?? '';
  return `${bound(low)} to ${bound(high)}`;
}
