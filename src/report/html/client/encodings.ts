import { axisTitle, type Quantity, spacing } from '../../plots/axis.ts';
import type { PageData } from '../page-data.ts';
import { ROWS } from './chart.ts';

/** What the charts of the page have in common. */
export const DATA = { name: ROWS } as const;

/** What a mark says: the text shown when it is pointed at, and read by a screen reader. */
export const tip = { tooltip: { field: 'tip' }, description: { field: 'tip' } } as const;

/** Marks that only go with others are no news to a screen reader. */
export const SILENT = { aria: false } as const;

/** Colours, the same ones wherever a strategy is shown; the toggles above the charts are the legend. */
export function colour({ strategies }: PageData) {
  const scale = { domain: strategies.map(({ name }) => name), range: strategies.map((one) => one.colour) };
  return { field: 'strategy', type: 'nominal', scale, legend: null } as const;
}

export function shape({ strategies }: PageData) {
  const scale = { domain: strategies.map(({ name }) => name), range: strategies.map((one) => one.shape) };
  return { field: 'strategy', type: 'nominal', scale, legend: null } as const;
}

/** Characters of an axis title from which its unit has a line of its own, so that a phone shows all of it. */
const LONG_TITLE = 32;

/** An axis of numbers; a logarithmic one has ticks among its values. */
export function along(quantity: Quantity, logarithmic?: readonly number[]) {
  const { scale, axis } = spacing(logarithmic !== undefined, logarithmic ?? []);
  const whole = axisTitle(quantity);
  const lines =
    quantity.unit !== undefined && whole.length > LONG_TITLE ? [quantity.label, `(${quantity.unit})`] : whole;
  const ticks = logarithmic === undefined ? { tickCount: 5 } : { ...axis, labelOverlap: true };
  return { type: 'quantitative', title: lines, scale: { ...scale, nice: false, padding: 12 }, axis: ticks } as const;
}
