import type { Trajectory } from '../../simulate/walk/recorder.ts';
import { axisTitle, type ChartFrame, titleOf } from './axis.ts';
import { PRICE, TIME } from './quantities.ts';
import type { PanelSpec } from './render-chart.ts';
import { CHART_SIZE } from './theme.ts';

/** Entries of a path that a panel shows as lines; fills are marked wherever they are. */
const MOST_ENTRIES = 800;

export interface PathChart extends ChartFrame {
  readonly trajectory: Trajectory;
  /** The strategy's colour. */
  readonly colour: string;
}

const MID_COLOUR = '#333333';
const LINES = ['mid', 'bid and ask'];
const SHAPES = ['triangle-up', 'triangle-down'];
const FILLS = ['bought', 'sold'];

/** What the marks and lines of a path chart say, for the caption of the picture. */
export const PATH_KEY = 'dark line: midprice; coloured lines: bid and ask; ▲ bid filled (bought), ▼ ask filled (sold)';

/** The midprice of one path with the quotes around it, and a mark at the quote of each fill. */
export function pathChart(chart: PathChart): PanelSpec {
  const { trajectory, colour, width = CHART_SIZE.width, height = CHART_SIZE.height } = chart;
  const { t, mid, bid, ask, fill } = trajectory;
  const shown = entriesShown(t.length);
  const x = {
    field: 't',
    type: 'quantitative',
    title: axisTitle(TIME),
    scale: { nice: false },
    axis: { tickCount: Math.min(12, Math.ceil(width / 60)) },
  } as const;
  const y = { type: 'quantitative', title: axisTitle(PRICE), scale: { zero: false } } as const;
  const line = (field: string, name: string, strokeWidth: number) =>
    ({
      mark: { type: 'line', strokeWidth },
      encoding: {
        x,
        y: { field, ...y },
        color: {
          datum: name,
          type: 'nominal',
          scale: { domain: [...LINES], range: [MID_COLOUR, colour] },
          legend: null,
        },
      },
    }) as const;
  const fills = t.flatMap((at, i) => [
    ...(fill[i] === 1 || fill[i] === 2 ? [{ t: at, price: bid[i], side: FILLS[0] }] : []),
    ...(fill[i] === -1 || fill[i] === 2 ? [{ t: at, price: ask[i], side: FILLS[1] }] : []),
  ]);
  const marks = {
    data: { values: fills },
    mark: { type: 'point', filled: true, size: 75, opacity: 1, color: colour, stroke: MID_COLOUR, strokeWidth: 1 },
    encoding: {
      x,
      y: { field: 'price', ...y },
      shape: {
        field: 'side',
        type: 'nominal',
        scale: { domain: [...FILLS], range: [...SHAPES] },
        legend: null,
      },
    },
  } as const;
  return {
    ...titleOf(chart),
    width,
    height,
    data: {
      values: shown.map((i) => ({ t: t[i]!, mid: mid[i]!, bid: finiteOrNull(bid[i]!), ask: finiteOrNull(ask[i]!) })),
    },
    // Vega has no extent for the scale of a layer without data.
    layer: [
      ...(bid.some(Number.isFinite) ? [line('bid', 'bid and ask', 1)] : []),
      ...(ask.some(Number.isFinite) ? [line('ask', 'bid and ask', 1)] : []),
      line('mid', 'mid', 1),
      ...(fills.length > 0 ? [marks] : []),
    ],
  };
}

/** Every so many entries, and the last one. */
export function entriesShown(length: number, most = MOST_ENTRIES): number[] {
  const stride = Math.max(1, Math.ceil(length / most));
  return Array.from({ length }, (_, i) => i).filter((i) => i % stride === 0 || i === length - 1);
}

function finiteOrNull(price: number): number | null {
  return Number.isFinite(price) ? price : null;
}
