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
