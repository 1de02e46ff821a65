import type { TopLevelSpec } from 'vega-lite';
import { PRICE, TIME } from '../../plots/quantities.ts';
import type { PageData } from '../page-data.ts';
import { along, DATA, SILENT } from './encodings.ts';
import { short } from './figures-text.ts';
import { nameOf, type PageState } from './state.ts';

/** The rows of the fills, beside those of the path. */
export const FILLS = 'fills';

const SHAPES = { domain: ['bought', 'sold'], range: ['triangle-up', 'triangle-down'] };

/** One recorded path: the midprice, the quotes around it, and a mark at the quote of each fill. */
export function pathSpec({ data, recorded }: PageState): TopLevelSpec {
  const x = { field: 't', ...along(TIME) } as const;
  const y = along(PRICE);
  const line = (field: 'mid' | 'bid' | 'ask', color: string) =>
    ({
      mark: { type: 'line', strokeWidth: field === 'mid' ? 1.2 : 1.5, color, ...SILENT },
      encoding: { x, y: { field, ...y } },
    }) as const;
  const colour = colourOf(data, recorded);
  return {
    data: DATA,
    height: 320,
    layer: [
      line('bid', colour),
      line('ask', colour),
      line('mid', 'currentColor'),
      {
        mark: { type: 'point', filled: true, size: 120, opacity: 0, ...SILENT },
        encoding: { x, y: { field: 'mid', ...y }, tooltip: { field: 'tip' } },
      },
      {
        data: { name: FILLS },
        mark: {
          type: 'point',
          filled: true,
          size: 70,
          opacity: 1,
          color: colour,
          stroke: 'currentColor',
          strokeWidth: 0.8,
        },
        encoding: {
          x,
          y: { field: 'price', ...y },
          shape: { field: 'side', type: 'nominal', scale: SHAPES, legend: null },
          tooltip: { field: 'tip' },
          description: { field: 'tip' },
        },
      },
    ],
  };
}

function colourOf({ paths, strategies }: PageData, recorded: number): string {
  return strategies[paths[recorded]?.strategy ?? 0]?.colour ?? 'currentColor';
}

export function pathRows({ data, recorded }: PageState) {
  const path = data.paths[recorded];
  if (path === undefined) return [];
  return path.t.map((t, i) => {
    const [mid, bid, ask] = [path.mid, path.bid, path.ask].map((column) => column[i] ?? Number.NaN) as [
      number,
      number,
      number,
    ];
    const quote = (price: number): string => (Number.isFinite(price) ? short(price, 7) : 'none');
    const books = `inventory ${short(path.inventory[i] ?? Number.NaN)}, PnL ${short(path.pnl[i] ?? Number.NaN)}`;
    const tip = [`time ${short(t)}`, `mid ${short(mid, 7)}`, `bid ${quote(bid)}, ask ${quote(ask)}`, books].join('\n');
    return { t, mid, bid: finiteOrNull(bid), ask: finiteOrNull(ask), tip };
  });
}

/** A line breaks where there is no quote. */
function finiteOrNull(price: number): number | null {
  return Number.isFinite(price) ? price : null;
}

export function fillRows(state: PageState) {
  const path = state.data.paths[state.recorded];
  return (path?.fills ?? []).map(({ time, price, isBid }) => ({
    t: time,
    price,
    side: isBid ? 'bought' : 'sold',
    tip: `${nameOf(state, path?.strategy ?? 0)} ${isBid ? 'bought' : 'sold'} at ${short(price, 7)}\ntime ${short(time)}`,
  }));
}
