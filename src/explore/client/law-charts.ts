import type { TopLevelSpec } from 'vega-lite';
import type { Row } from '../../report/html/client/chart.ts';
import { along, DATA, SILENT } from '../../report/html/client/encodings.ts';
import { short } from '../../report/html/client/figures-text.ts';
import { TERMINAL_PNL } from '../../report/plots/quantities.ts';
import { STRATEGIES } from '../messages.ts';
import { colour, dash, isMarked, marked, pointsOver } from './chart-style.ts';
import type { ExploreState } from './state.ts';

/** The densities of PnL at T. */
export function densitySpec(): TopLevelSpec {
  const x = { field: 'x', ...along(TERMINAL_PNL) } as const;
  const y = { field: 'density', type: 'quantitative', stack: null, ...DENSITY_AXIS } as const;
  return {
    data: DATA,
    height: 260,
    layer: [
      { mark: { type: 'area', fillOpacity: 0.16, ...SILENT }, encoding: { x, y, color: colour } },
      { mark: { type: 'line', strokeWidth: 2, ...SILENT }, encoding: { x, y, color: colour, strokeDash: dash } },
      pointsOver(x, y),
    ],
  };
}

const DENSITY_AXIS = {
  title: ['density', '(1 / (price units × units))'],
  axis: { tickCount: 4 },
  scale: { zero: true },
};

export function densityRows({ strategies }: ExploreState): Row[] {
  return STRATEGIES.flatMap((strategy) => {
    const { x = [], density = [] } = strategies[strategy].law ?? {};
    return x.map((pnl, i) => ({
      strategy,
      x: pnl,
      density: density[i] ?? 0,
      tip: `${strategy}\nPnL ${short(pnl)}\ndensity ${short(density[i] ?? 0, 3)}`,
    }));
  });
}

/** Probabilities of the inventories at T. */
export function inventorySpec(): TopLevelSpec {
  const x = { field: 'q', ...along({ label: 'inventory at T', unit: 'units' }) } as const;
  const y = { field: 'p', type: 'quantitative', title: 'probability (%)', axis: { tickCount: 4 } } as const;
  return {
    data: DATA,
    height: 260,
    layer: [
      { mark: { type: 'line', strokeWidth: 2, ...SILENT }, encoding: { x, y, color: colour, strokeDash: dash } },
      {
        transform: marked,
        mark: { type: 'point', filled: true, size: 36, opacity: 1, ...SILENT },
        encoding: { x, y, color: colour, shape: shapeOf },
      },
      pointsOver(x, y),
    ],
  };
}

const shapeOf = {
  field: 'strategy',
  type: 'nominal',
  scale: { domain: [...STRATEGIES], range: ['circle', 'square'] },
  legend: null,
} as const;

export function inventoryRows({ strategies }: ExploreState): Row[] {
  return STRATEGIES.flatMap((strategy) => {
    const { moments } = strategies[strategy];
    if (moments === undefined) return [];
    return Array.from(moments.inventories, (q, j) => {
      const p = 100 * (moments.probabilities[j] ?? 0);
      return {
        strategy,
        q,
        p,
        marked: isMarked(j, moments.inventories.length),
        tip: `${strategy}\ninventory ${short(q)}\nprobability ${short(p, 3)} %`,
      };
    });
  });
}
