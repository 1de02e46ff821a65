import type { TopLevelSpec } from 'vega-lite';
import type { Row } from '../../report/html/client/chart.ts';
import { along, DATA, SILENT } from '../../report/html/client/encodings.ts';
import { short } from '../../report/html/client/figures-text.ts';
import { INVENTORY, TIME } from '../../report/plots/quantities.ts';
import { ORDERED_AREAS } from '../../report/plots/theme.ts';
import type { Quotes } from '../messages.ts';
import { colour, isMarked, marked, pointsOver } from './chart-style.ts';
import type { ExploreState } from './state.ts';

/** Rows that hold the axes where they are while time moves. */
export const EXTENT = 'extent';

/** Rectangles of the surface at most, so that it follows a slider. */
const MOST_CELLS = 2500;
const MOST_TIMES = 50;

const DISTANCE = { label: 'distance from the mid', unit: 'price units' };

/** Distances of bid and ask by inventory at one time. */
export function quotesSpec(): TopLevelSpec {
  const x = { field: 'q', ...along(INVENTORY) } as const;
  const y = { field: 'distance', ...along(DISTANCE) } as const;
  const strokeDash = { field: 'side', type: 'nominal', scale: SIDE_DASHES, legend: null } as const;
  const detail = { field: 'side' } as const;
  return {
    data: DATA,
    height: 260,
    layer: [
      { data: { name: EXTENT }, mark: { type: 'point', opacity: 0, ...SILENT }, encoding: { x, y } },
      { mark: { type: 'line', strokeWidth: 2, ...SILENT }, encoding: { x, y, color: colour, strokeDash, detail } },
      {
        transform: marked,
        mark: { type: 'point', filled: true, opacity: 1, size: 40, ...SILENT },
        encoding: { x, y, color: colour, shape: SIDE_SHAPES },
      },
      pointsOver(x, y),
    ],
  };
}

const SIDES = ['bid', 'ask'] as const;
/** hjb's two sides, and both at once for constant, as its key draws it. */
const DRAWN_SIDES = [...SIDES, 'both'];
const SIDE_DASHES = {
  domain: DRAWN_SIDES,
  range: [
    [1, 0],
    [3, 3],
    [7, 4],
  ],
};
const SIDE_SHAPES = {
  field: 'side',
  type: 'nominal',
  scale: { domain: DRAWN_SIDES, range: ['triangle-down', 'triangle-up', 'square'] },
  legend: null,
} as const;

export function quotesRows({ quotes, distance, node }: ExploreState): Row[] {
  if (quotes === undefined) return [];
  const { inventories } = quotes;
  const points = inventories.length;
  const rows = SIDES.flatMap((side) =>
    Array.from(inventories, (q, j) => ({
      strategy: 'hjb',
      side,
      q,
      distance: quotes[side][node * points + j]!,
      marked: isMarked(j, points),
    })),
  );
  const constant =
    distance === undefined
      ? []
      : [-1, 1].map((sign) => ({ q: sign * inventories[points - 1]!, distance, marked: true }));
  return [...rows, ...constant.map((row) => ({ strategy: 'constant', side: 'both', ...row }))]
    .filter((row) => Number.isFinite(row.distance))
    .map((row) => {
      const name = row.strategy === 'hjb' ? `hjb ${row.side}` : 'constant, both sides';
      return { ...row, tip: `${name}\ninventory ${short(row.q)}\ndistance ${short(row.distance)}` };
    });
}

/** The corners of what is quoted at any time. */
export function extentRows({ quotes, distance }: ExploreState): Row[] {
  if (quotes === undefined) return [];
  const finite = quotes.bid.filter(Number.isFinite);
  const low = finite.reduce((least, value) => Math.min(least, value), distance ?? Number.POSITIVE_INFINITY);
  const high = finite.reduce((most, value) => Math.max(most, value), distance ?? Number.NEGATIVE_INFINITY);
  const q = quotes.inventories[0]!;
  // One distance everywhere would leave the axis without a length.
  const room = high > low ? 0 : 0.5 * Math.abs(low) + 0.01;
  return [
    { q, distance: low - room, tip: '' },
    { q: -q, distance: high + room, tip: '' },
  ].filter((row) => Number.isFinite(row.distance));
}

/** The bid's distance over time and inventory; the ask's is its mirror image in q. */
export function surfaceSpec(): TopLevelSpec {
  return {
    data: DATA,
    height: 260,
    mark: { type: 'rect', ...SILENT },
    encoding: {
      x: { field: 'from', ...along(TIME), scale: { zero: false, nice: false } },
      x2: { field: 'to' },
      y: { field: 'below', ...along(INVENTORY), scale: { zero: false, nice: false } },
      y2: { field: 'above' },
      color: {
        field: 'distance',
        type: 'quantitative',
        scale: { scheme: ORDERED_AREAS, zero: false },
        title: 'bid distance (price units)',
        legend: {
          orient: 'top',
          gradientLength: 220,
          gradientThickness: 10,
          tickCount: 4,
          labelColor: 'currentColor',
          titleColor: 'currentColor',
        },
      },
      tooltip: { field: 'tip' },
    },
  };
}

export function surfaceRows({ quotes }: ExploreState): Row[] {
  return quotes === undefined ? [] : shownNodes(quotes).flatMap(([from, to]) => column(quotes, from, to));
}

/** Rectangles reach a little under the next ones, whose edges antialiasing would leave visible. */
const OVERLAP = 0.15;

function column({ times, inventories, bid }: Quotes, from: number, to: number) {
  const [start, end] = [times[from]!, times[to]!];
  const isLast = to === times.length - 1;
  return Array.from(inventories, (q, j) => {
    const distance = bid[from * inventories.length + j]!;
    const tip = `bid of hjb\ntime ${short(start)}\ninventory ${short(q)}\ndistance ${short(distance)}`;
    const isTop = j === inventories.length - 2;
    return {
      from: start,
      to: isLast ? end : end + OVERLAP * (end - start),
      below: q - 0.5,
      above: isTop ? q + 0.5 : q + 0.5 + OVERLAP,
      distance,
      tip,
    };
  }).filter(({ distance }) => Number.isFinite(distance));
}

/** Pairs of nodes, the columns of the surface between them. */
function shownNodes({ times, inventories }: Quotes): (readonly [number, number])[] {
  const intervals = times.length - 1;
  const count = Math.min(intervals, MOST_TIMES, Math.max(10, Math.floor(MOST_CELLS / inventories.length)));
  const nodeAt = (column: number): number => Math.round((column * intervals) / count);
  return Array.from({ length: count }, (_, i) => [nodeAt(i), nodeAt(i + 1)] as const);
}
