import type { ComparisonRow } from '../comparisons-csv.ts';
import { coloursOf } from './axis.ts';
import { pathsText } from './paths-text.ts';
import type { ChartSpec } from './render-chart.ts';
import { type NamedSummary, statisticsRows } from './statistics-rows.ts';
import { textWidth } from './text-width.ts';

const ROW = 28;
const LABELS = 190;
const LEAST_COLUMN = 110;
/** Pixels. */
const TEXT_SIZE = 12.5;
const BEST = '#d8ecd8';
const NEAR = '#eef4ee';
const STRIPE = '#f6f6f6';

/**
 * The statistics of each strategy as a picture of a table, the best figure of each line marked.
 * @param company all strategies of the run
 * @param failed strategies that have no figures
 * @throws RangeError where there is no strategy
 */
export function statisticsTable(
  strategies: readonly NamedSummary[],
  comparisons: readonly ComparisonRow[],
  company: readonly string[],
  failed = 0,
): ChartSpec {
  if (strategies.length === 0) throw new RangeError('statistics table: expected at least one strategy, got none');
  const rows = statisticsRows(strategies, comparisons);
  const names = strategies.map(({ strategy }) => strategy);
  const colours = coloursOf({ company }, names);
  const widths = names.map((name, i) => {
    const texts = [name, ...rows.map(({ cells }) => cells[i]?.text ?? '')];
    return Math.max(LEAST_COLUMN, Math.ceil(Math.max(...texts.map((text) => textWidth(text, TEXT_SIZE, true)))) + 36);
  });
  /** Where each column begins, and where the last one ends. */
  const edges = [LABELS];
  for (const column of widths) edges.push((edges.at(-1) ?? 0) + column);
  const width = edges.at(-1) ?? LABELS;
  const height = ROW * (rows.length + 1);
  const within = (i: number): [number, number] => [(edges[i] ?? 0) + 2, (edges[i + 1] ?? 0) - 2];
  const right = (i: number): number => (edges[i + 1] ?? 0) - 12;
  const middle = (line: number): number => ROW * (line + 0.5);
  const fills = rows.flatMap(({ cells }, line) => [
    ...(line % 2 === 1 ? [box(0, width, line + 1, STRIPE)] : []),
    ...cells.flatMap(({ standing }, i) =>
      standing === 'best' || standing === 'near'
        ? [box(...within(i), line + 1, standing === 'best' ? BEST : NEAR)]
        : [],
    ),
  ]);
  const bold = [
    ...names.map((text, i) => ({ text, x: right(i), y: middle(0) })),
    ...rows.flatMap(({ cells }, line) =>
      cells.flatMap(({ text, standing }, i) =>
        standing === 'best' ? [{ text, x: right(i), y: middle(line + 1) }] : [],
      ),
    ),
  ];
  const plain = rows.flatMap(({ cells }, line) =>
    cells.flatMap(({ text, standing }, i) => (standing === 'best' ? [] : [{ text, x: right(i), y: middle(line + 1) }])),
  );
  const labels = rows.map(({ label }, line) => ({ text: label, x: 8, y: middle(line + 1) }));
  const bars = names.map((_, i) => ({
    ...box(...within(i), 0, colours[i] ?? ''),
    y: ROW - 4,
    y2: ROW - 1,
  }));
  return {
    title: {
      text: 'Statistics of terminal PnL, ± standard error',
      subtitle: [
        `${pathsText(strategies, failed)}; PnL in price units × units, inventory in units`,
        ...(names.length > 1 ? ['green and bold: best; pale green: not told from the best at 95 %'] : []),
      ],
    },
    width,
    height,
    view: { stroke: null },
    layer: [
      rectangles([...fills, ...bars]),
      texts(labels, 'left', 'normal'),
      texts(plain, 'right', 'normal'),
      texts(bold, 'right', 'bold'),
    ],
  };
}

interface Box {
  readonly x: number;
  readonly x2: number;
  readonly y: number;
  readonly y2: number;
  readonly fill: string;
}

function box(x: number, x2: number, line: number, fill: string): Box {
  return { x, x2, y: ROW * line, y2: ROW * (line + 1), fill };
}

/** Coordinates are pixels: the scales are switched off. */
const pixel = { type: 'quantitative', scale: null, axis: null } as const;

function rectangles(values: readonly Box[]) {
  return {
    data: { values: [...values] },
    mark: { type: 'rect' },
    encoding: {
      x: { field: 'x', ...pixel },
      x2: { field: 'x2' },
      y: { field: 'y', ...pixel },
      y2: { field: 'y2' },
      fill: { field: 'fill', type: 'nominal', scale: null },
    },
  } as const;
}

function texts(
  values: readonly { text: string; x: number; y: number }[],
  align: 'left' | 'right',
  weight: 'normal' | 'bold',
) {
  return {
    data: { values: [...values] },
    mark: { type: 'text', align, baseline: 'middle', fontSize: TEXT_SIZE, fontWeight: weight, color: '#222222' },
    encoding: {
      x: { field: 'x', ...pixel },
      y: { field: 'y', ...pixel },
      text: { field: 'text', type: 'nominal' },
    },
  } as const;
}
