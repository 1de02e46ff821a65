import { leastAndMost } from '../../util/least-and-most.ts';
import { textWidth } from './text-width.ts';
import { AXIS_TITLE_SIZE, strategyColours } from './theme.ts';

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

/** The same on two lines where one is longer than so many pixels. */
export function axisTitleWithin(quantity: Quantity, pixels: number): string | string[] {
  const title = axisTitle(quantity);
  if (quantity.unit === undefined || textWidth(title, AXIS_TITLE_SIZE, false) <= pixels) return title;
  return [quantity.label, `(${quantity.unit})`];
}

/** What all charts take beside their data. */
export interface ChartFrame {
  /** One line or several. */
  readonly title?: string | readonly string[] | undefined;
  readonly subtitle?: string | undefined;
  /** True for one of several charts in a picture: its title stands over the plotting area, whatever is beside it. */
  readonly isPanel?: boolean | undefined;
  /** All strategies of the run, of which the chart may show some; they settle the colours. */
  readonly company?: readonly string[] | undefined;
  /** Pixels of the plotting area, at zoom 1. */
  readonly width?: number | undefined;
  readonly height?: number | undefined;
}

/**
 * The scale and ticks of an axis that may be logarithmic, whose ticks then are 1, 2 and 5 times powers of ten.
 * @param values what stands along it
 */
export function spacing(
  logarithmic: boolean | undefined,
  values: readonly number[],
): {
  readonly scale: { readonly type: 'log'; readonly nice: false } | { readonly type: 'linear'; readonly zero: false };
  readonly axis: { readonly format?: string; readonly values?: number[]; readonly tickCount?: number };
} {
  if (!logarithmic) return { scale: { type: 'linear', zero: false }, axis: { tickCount: 7 } };
  const [least, most] = leastAndMost(values);
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(least)); power <= Math.ceil(Math.log10(most)); power++) {
    ticks.push(...[1, 2, 5].map((digit) => Number(`${digit}e${power}`)));
  }
  return {
    scale: { type: 'log', nice: false },
    axis: { format: ',~g', values: ticks.filter((tick) => tick >= least * 0.99 && tick <= most * 1.01) },
  };
}

/**
 * The ends of a linear axis along which all stands at one place, which would have no length; otherwise nothing.
 * @param values what stands along it
 */
export function roomAround(values: readonly number[]): { readonly domain?: [number, number] } {
  const [low, high] = leastAndMost(values);
  // Differences that rounding alone makes are none.
  if (high - low > 1e-9 * Math.max(Math.abs(low), Math.abs(high)) || !Number.isFinite(low)) return {};
  const room = low === 0 ? 1 : 0.5 * Math.abs(low);
  return { domain: [low - room, low + room] };
}

/** The title as Vega-Lite takes it. */
export function titleOf({ title, subtitle, isPanel }: ChartFrame): {
  title?: { text: string | string[]; subtitle?: string; frame?: 'group'; fontSize?: number };
} {
  if (title === undefined) return {};
  return {
    title: {
      text: typeof title === 'string' ? title : [...title],
      ...(subtitle === undefined ? {} : { subtitle }),
      ...(isPanel ? { frame: 'group', fontSize: 13 } : {}),
    },
  };
}

/** A colour for each name, the same in every chart of the same company. */
export function coloursOf({ company = [] }: ChartFrame, names: readonly string[]): string[] {
  const colours = strategyColours([...company, ...names]);
  return names.map((name) => colours.get(name) ?? '#000000');
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
