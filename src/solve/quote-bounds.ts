import type { HjbGrid } from './hjb-grid.ts';
import { createLotModel } from './lot-model.ts';

/** Shares of the (t, q, side) states of a grid that have a quote; 0 where none has. */
export interface BoundShares {
  /** States where a bound moves the optimal quote: atMin + atMax. */
  readonly binding: number;
  readonly atMin: number;
  readonly atMax: number;
}

/** How often the bounds decide the quote of a solved grid: 1 means that the quotes are constant at delta_min or delta_max. */
export function boundShares({ model, times, inventories, theta }: HjbGrid): BoundShares {
  const { myopic, deltaMin, deltaMax, size } = createLotModel(model);
  const points = inventories.length;
  let atMin = 0;
  let atMax = 0;
  for (let i = 0; i < times.length; i++) {
    for (let j = 0; j + 1 < points; j++) {
      const D = (theta[i * points + j + 1]! - theta[i * points + j]!) / size;
      if (myopic - D < deltaMin) atMin++;
      else if (myopic - D > deltaMax) atMax++;
      if (myopic + D < deltaMin) atMin++;
      else if (myopic + D > deltaMax) atMax++;
    }
  }
  const states = Math.max(1, 2 * times.length * (points - 1));
  return { binding: (atMin + atMax) / states, atMin: atMin / states, atMax: atMax / states };
}
