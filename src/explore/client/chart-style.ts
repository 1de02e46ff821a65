import { strategyColours } from '../../report/plots/theme.ts';
import { STRATEGIES } from '../messages.ts';

const colours = strategyColours(STRATEGIES);

/** The colours of the strategies, the same as in every report. */
export const colour = {
  field: 'strategy',
  type: 'nominal',
  scale: { domain: [...STRATEGIES], range: STRATEGIES.map((name) => colours.get(name) ?? '#000000') },
  legend: null,
} as const;

/** Colour is not all that tells them apart: hjb is drawn through, constant dashed. */
export const dash = {
  field: 'strategy',
  type: 'nominal',
  scale: {
    domain: [...STRATEGIES],
    range: [
      [1, 0],
      [7, 4],
    ],
  },
  legend: null,
} as const;

/** Marks that are not seen, to point at. */
export function pointsOver<X, Y>(x: X, y: Y) {
  return {
    mark: { type: 'point', filled: true, size: 160, opacity: 0, aria: false },
    encoding: { x, y, tooltip: { field: 'tip' } },
  } as const;
}

/** Marks that do not crowd a chart. */
const MOST_MARKS = 25;

/** Whether inventory j of so many has a mark of its own on a line: every n-th to both sides of zero. */
export function isMarked(j: number, inventories: number): boolean {
  return (j - (inventories >> 1)) % Math.ceil(inventories / MOST_MARKS) === 0;
}

/** Leaves the rows that are marked. */
export const marked = [{ filter: 'datum.marked' }];
