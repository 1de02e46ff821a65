import type { HjbGrid } from '../../solve/hjb-grid.ts';
import { quotesFromTheta } from '../../solve/quotes.ts';
import { lineChart } from './line-chart.ts';
import { INVENTORY } from './quantities.ts';
import { QUOTE_LABELS, type QuoteGrid, quoteSurface } from './quote-surface.ts';
import type { ChartSpec } from './render-chart.ts';
import { strategyColours } from './theme.ts';

/** Lines of a surface at most; an odd number, so that inventory 0 has one. */
const LINES = 7;
const UNITS = { time: 'units of time', price: 'price units' };

/** The pictures of a solved grid: bid, ask and spread over time and inventory, and the quotes at t = 0. */
export function solveCharts(grid: HjbGrid): { readonly name: string; readonly spec: ChartSpec }[] {
  const { model } = grid;
  const quotes = quoteGridOf(grid);
  const subtitle =
    `σ = ${model.sigma}, A = ${model.A}, k = ${model.k}, γ = ${model.gamma}, φ = ${model.phi}, T = ${model.T}, ` +
    `Q_max = ${model.Q_max}; bounds of the distances: ${model.delta_min ?? 'none'} to ${model.delta_max ?? 'none'}`;
  const inventories = linesOf(grid.inventories, model.order_size);
  const surfaces = (['bid', 'ask', 'spread'] as const).map((side) => ({
    name: `quotes_${side}`,
    spec: quoteSurface(quotes, { title: `Optimal ${QUOTE_LABELS[side]}`, subtitle, side, units: UNITS, inventories }),
  }));
  return [...surfaces, { name: 'quotes_at_start', spec: atStart(quotes, subtitle) }];
}

function quoteGridOf({ model, times, inventories, theta }: HjbGrid): QuoteGrid {
  const points = inventories.length;
  return {
    times,
    inventories,
    quotesAt(i) {
      const bid = new Float64Array(points);
      const ask = new Float64Array(points);
      quotesFromTheta(model, theta.subarray(i * points, (i + 1) * points), bid, ask);
      return { bid, ask };
    },
  };
}

/** Inventories, equally spaced around 0, short of the bound, where one side has no quote. */
function linesOf(inventories: Float64Array, orderSize: number): number[] {
  const reach = Math.max(0, (inventories.length - 1) / 2 - 1);
  const step = Math.max(1, Math.floor(reach / ((LINES - 1) / 2)));
  const lots: number[] = [];
  for (let lot = -step * Math.floor(reach / step); lot <= reach; lot += step) lots.push(lot);
  return lots.map((lot) => lot * orderSize);
}

function atStart({ inventories, quotesAt }: QuoteGrid, subtitle: string): ChartSpec {
  const distances = quotesAt(0);
  const series = (['bid', 'ask'] as const).map((side) => {
    const quoted = Array.from(inventories, (q, j) => ({ q, distance: distances[side][j]! })).filter(({ distance }) =>
      Number.isFinite(distance),
    );
    return {
      name: QUOTE_LABELS[side],
      x: quoted.map(({ q }) => q),
      y: quoted.map(({ distance }) => distance),
      dashed: side === 'ask',
    };
  });
  const y = { label: 'distance from the mid', unit: UNITS.price };
  // Both sides are what hjb quotes, and have its colour; their dashes tell them apart.
  const hjb = strategyColours(['hjb']).get('hjb') ?? '';
  return lineChart({ title: 'Optimal quotes at t = 0', subtitle, x: INVENTORY, y, series, colours: [hjb, hjb] });
}
