/** What an axis or a colour scale measures. */
export interface Quantity {
  readonly label: string;
  /** `price units`, `s`, …; undefined for a pure number. */
  readonly unit?: string | undefined;
}

/** `PnL (price units × units)`. */
export function axisTitle({ label, unit }: Quantity): string {
  return unit === undefined ? label : `${label} (${unit})`;
}

/** What all charts take beside their data. */
export interface ChartFrame {
  readonly title?: string | undefined;
  readonly subtitle?: string | undefined;
  /** Pixels of the plotting area, at zoom 1. */
  readonly width?: number | undefined;
  readonly height?: number | undefined;
}

/** The scale and ticks of an axis that may be logarithmic. */
export function spacing(logarithmic: boolean | undefined): {
  readonly scale: { readonly type: 'log' } | { readonly type: 'linear'; readonly zero: false };
  readonly axis: { readonly format?: string; readonly labelOverlap?: boolean };
} {
  return logarithmic
    ? { scale: { type: 'log' }, axis: { format: '~g', labelOverlap: true } }
    : { scale: { type: 'linear', zero: false }, axis: {} };
}

/** The title as Vega-Lite takes it. */
export function titleOf({ title, subtitle }: ChartFrame): { title?: { text: string; subtitle?: string } } {
  if (title === undefined) return {};
  return { title: { text: title, ...(subtitle === undefined ? {} : { subtitle }) } };
}

/** @throws RangeError where a chart has nothing to show, or a value that cannot be placed on an axis */
export function requirePlottable(what: string, values: Iterable<number>): void {
  let count = 0;
  for (const value of values) {
    if (!Number.isFinite(value)) throw new RangeError(`${what}: expected finite values, got ${value}`);
    count++;
  }
  if (count === 0) throw new RangeError(`${what}: expected at least one value, got none`);
}
