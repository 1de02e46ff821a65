import { formatEstimate } from '../../util/format.ts';
import type { RunTables } from '../read/run-tables.ts';
import { axisTitle, axisTitleWithin, type Quantity } from './axis.ts';
import { pathsText } from './paths-text.ts';
import { DIFFERENCE, MEAN_PNL } from './quantities.ts';
import type { ChartSpec, PanelSpec } from './render-chart.ts';
import { isNumber } from './sweep-points.ts';
import { sweptQuantity } from './swept-quantity.ts';
import { textWidth } from './text-width.ts';
import { ORDERED_AREAS } from './theme.ts';

/** Cells in a row or column at most, and those whose figures are still readable. */
const MOST_VALUES = 60;
const MOST_READABLE = 12;
/** Pixels. */
const TEXT_SIZE = 10;
const SMALL_TILE = 14;

interface Tile {
  readonly x: string;
  readonly y: string;
  readonly value: number;
  readonly text: string;
  /** Of a difference: its interval holds 0. */
  readonly isOpen?: boolean;
}

/**
 * A sweep over two paths as maps: the mean PnL of each strategy, and its paired difference from the first strategy, each cell
 * with its standard error; a map of many cells has colours alone, and its caption the largest error. undefined where the sweep
 * is no full grid of two paths, or too large to be looked at.
 */
export function sweepHeatmap(tables: RunTables): ChartSpec | undefined {
  const { sweptPaths, cells, comparisons } = tables;
  const [yPath, xPath, ...more] = sweptPaths;
  if (xPath === undefined || yPath === undefined || more.length > 0) return undefined;
  const values = (path: string): string[] => [...new Set(cells.map(({ point }) => point[path] ?? ''))];
  const [xs, ys] = [values(xPath), values(yPath)];
  const names = [...new Set(cells.map(({ strategy }) => strategy))];
  if (xs.length * ys.length * names.length !== cells.length) return undefined;
  if (Math.max(xs.length, ys.length) > MOST_VALUES || Math.min(xs.length, ys.length) < 2) return undefined;
  const place = (scenario: number, strategy: string) => {
    const cell = cells.find((row) => row.scenario === scenario && row.strategy === strategy);
    return { x: cell?.point[xPath] ?? '', y: cell?.point[yPath] ?? '' };
  };
  const hasTexts = Math.max(xs.length, ys.length) <= MOST_READABLE;
  const frame = { x: xPath, y: yPath, xs: ordered(xs), ys: ordered(ys).toReversed(), hasTexts };
  const means = names.map((name) => {
    const tiles = cells.flatMap(({ scenario, strategy, summary }): Tile[] =>
      strategy !== name || summary === undefined
        ? []
        : [{ ...place(scenario, name), value: summary.mean, text: estimate(summary.mean, summary.mean_se) }],
    );
    return { title: name, tiles };
  });
  const [first] = names;
  const differences = names.slice(1).map((name) => {
    const tiles = comparisons
      .filter(({ strategy, baseline }) => strategy === name && baseline === first)
      .map(
        (pair): Tile => ({
          ...place(pair.scenario, name),
          value: pair.mean_difference,
          text: differenceText(pair),
          isOpen: pair.verdict === 'inconclusive',
        }),
      );
    return { title: `${name} − ${first}`, tiles };
  });
  const done = cells.flatMap(({ summary }) => (summary === undefined ? [] : [{ summary }]));
  return {
    title: {
      text: 'Mean PnL and paired differences over the sweep',
      subtitle: `${errorsText(tables, hasTexts)}; ${pathsText(done, cells.length - done.length)}`,
    },
    vconcat: [
      mapRow(means, frame, MEAN_PNL, 'ordered'),
      ...(differences.length > 0 ? [mapRow(differences, frame, DIFFERENCE, 'signed')] : []),
    ],
    resolve: { scale: { color: 'independent' }, legend: { color: 'independent' } },
  };
}

/** What the caption says of the errors of the estimates. */
function errorsText({ cells, comparisons }: RunTables, hasTexts: boolean): string {
  if (hasTexts)
    return comparisons.length === 0 ? '± standard errors' : '± standard errors; ?: the 95 % interval holds 0';
  const largest = (errors: readonly number[]): string => short(Math.max(0, ...errors.filter(Number.isFinite)));
  const means = `standard errors: of means up to ${largest(cells.map(({ summary }) => summary?.mean_se ?? 0))}`;
  if (comparisons.length === 0) return means;
  return `${means}, of differences up to ${largest(comparisons.map(({ se }) => se))}; dot: the 95 % interval holds 0`;
}

/** To two digits. */
function short(error: number): string {
  return String(Number(error.toPrecision(2)));
}

/** Numbers to 4 digits; two values that agree in them stand in order. */
const LABEL = "isNaN(toNumber(datum.label)) ? datum.label : format(toNumber(datum.label), '.4~r')";

interface Frame {
  readonly x: string;
  readonly y: string;
  readonly xs: readonly string[];
  readonly ys: readonly string[];
  readonly hasTexts: boolean;
}

interface Row {
  readonly hconcat: PanelSpec[];
  readonly spacing: number;
  readonly resolve: { readonly scale: { readonly color: 'independent' } };
}

/** Maps of one quantity in a row, with one scale of colours. */
function mapRow(
  maps: readonly { readonly title: string; readonly tiles: readonly Tile[] }[],
  frame: Frame,
  quantity: Quantity,
  kind: 'ordered' | 'signed',
): Row {
  const all = maps.flatMap(({ tiles }) => tiles.map(({ value }) => value));
  const largest = Math.max(...all.map(Math.abs), Number.MIN_VALUE);
  const [low, high] = kind === 'signed' ? [-largest, largest] : [Math.min(...all), Math.max(...all)];
  // Letters that stand out: white on the dark end of viridis, black on the pale middle of the signed scale.
  const dark = (value: number): boolean =>
    kind === 'signed' ? Math.abs(value) > 0.65 * largest : value < low + 0.55 * (high - low);
  const scheme = kind === 'signed' ? 'purplegreen' : ORDERED_AREAS;
  const cell = { x: { field: 'x', type: 'ordinal' }, y: { field: 'y', type: 'ordinal' } } as const;
  const axis = { labelExpr: LABEL, labelOverlap: true } as const;
  const x = {
    ...cell.x,
    sort: [...frame.xs],
    title: axisTitle(sweptQuantity(frame.x)),
    axis: { ...axis, labelAngle: 0 },
  };
  const y = { ...cell.y, sort: [...frame.ys], title: axisTitle(sweptQuantity(frame.y)), axis };
  const widest = Math.max(...maps.flatMap(({ tiles }) => tiles.map(({ text }) => textWidth(text, TEXT_SIZE, false))));
  const text = { field: 'text', type: 'nominal' } as const;
  const ink = { condition: { test: 'datum.dark', value: 'white' }, value: 'black' } as const;
  const hconcat = maps.map(({ title, tiles }, i): PanelSpec => {
    const legend = i === maps.length - 1 ? { title: axisTitleWithin(quantity, 0), gradientLength: 120 } : null;
    return {
      title: { text: title, fontSize: 12 },
      width: { step: frame.hasTexts ? Math.max(64, Math.ceil(widest) + 12) : SMALL_TILE },
      height: { step: frame.hasTexts ? 40 : SMALL_TILE },
      data: { values: tiles.map((tile) => ({ ...tile, dark: dark(tile.value) })) },
      layer: [
        {
          mark: { type: 'rect' },
          encoding: {
            x,
            y,
            color: { field: 'value', type: 'quantitative', scale: { scheme, domain: [low, high] }, legend },
          },
        },
        frame.hasTexts
          ? { mark: { type: 'text', fontSize: TEXT_SIZE }, encoding: { x, y, text, color: ink } }
          : {
              transform: [{ filter: 'datum.isOpen' }],
              mark: { type: 'point', filled: true, size: 10 },
              encoding: { x, y, color: ink },
            },
      ],
    };
  });
  // Each map has the same domain; that of the row cannot be shared, since one of them alone has the legend.
  return { hconcat, spacing: 24, resolve: { scale: { color: 'independent' } } };
}

function estimate(value: number, se: number): string {
  return formatEstimate(value, se).replaceAll('-', '−');
}

function differenceText({ mean_difference, se, verdict }: RunTables['comparisons'][number]): string {
  if (mean_difference === 0 && se === 0) return 'the same';
  return `${estimate(mean_difference, se)}${verdict === 'inconclusive' ? ' ?' : ''}`;
}

/** Numbers ascending, texts as they come. */
function ordered(values: readonly string[]): string[] {
  return values.every(isNumber) ? values.toSorted((a, b) => Number(a) - Number(b)) : [...values];
}
