import type { HjbGrid } from './hjb-grid.ts';
import { createLotModel, differenceAt } from './lot-model.ts';

/** Shares of the (t, q, side) states of a grid that have a quote; 0 where none has. */
export interface BoundShares {
  /** States where a bound moves the optimal quote: atMin + atMax. */
  readonly binding: number;
  readonly atMin: number;
  readonly atMax: number;
}

/** How often the bounds decide the quote of a solved grid: 1 means that the quotes are constant at delta_min or delta_max. */
export function boundShares({ model, times, inventories, theta }: HjbGrid): BoundShares {
  const lot = createLotModel(model);
  const { myopic, deltaMin, deltaMax } = lot;
  const points = inventories.length;
  let atMin = 0;
  let atMax = 0;
  for (let i = 0; i < times.length; i++) {
    for (let j = 0; j + 1 < points; j++) {
      const D = differenceAt(lot, theta, i * points, j);
      if (myopic - D < deltaMin) atMin++;
      else if (myopic - D > deltaMax) atMax++;
      if (myopic + D < deltaMin) atMin++;
      else if (myopic + D > deltaMax) atMax++;
    }
  }
  const states = Math.max(1, 2 * times.length * (points - 1));
  return { binding: (atMin + atMax) / states, atMin: atMin / states, atMax: atMax / states };
}
