import { formatEstimate } from '../../util/format.ts';
import type { RunTables } from '../read/run-tables.ts';
import { axisTitleWithin, type Quantity } from './axis.ts';
import { pathsText } from './paths-text.ts';
import { DIFFERENCE, MEAN_PNL } from './quantities.ts';
import type { ChartSpec, PanelSpec } from './render-chart.ts';
import { isNumber } from './sweep-points.ts';
import { ORDERED_AREAS } from './theme.ts';

/** Cells in a row or column whose figures are still readable. */
const MOST_VALUES = 12;

interface Tile {
  readonly x: string;
  readonly y: string;
  readonly value: number;
  readonly text: string;
}

/**
 * A sweep over two paths as maps: the mean PnL of each strategy, and its paired difference from the first strategy, each cell
 * with its standard error. undefined where the sweep is no full grid of two paths, or too large to be read.
 */
export function sweepHeatmap({ sweptPaths, cells, comparisons }: RunTables): ChartSpec | undefined {
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
  const frame = { x: xPath, y: yPath, xs: ordered(xs), ys: ordered(ys).toReversed() };
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
        }),
      );
    return { title: `${name} − ${first}`, tiles };
  });
  const done = cells.flatMap(({ summary }) => (summary === undefined ? [] : [{ summary }]));
  return {
    title: {
      text: 'Mean PnL and paired differences over the sweep',
      subtitle: `± standard errors; ?: the 95 % interval holds 0; ${pathsText(done)}`,
    },
    vconcat: [
      mapRow(means, frame, MEAN_PNL, 'ordered'),
      ...(differences.length > 0 ? [mapRow(differences, frame, DIFFERENCE, 'signed')] : []),
    ],
    resolve: { scale: { color: 'independent' }, legend: { color: 'independent' } },
  };
}

/** Numbers to 4 digits; two values that agree in them stand in order. */
const LABEL = "isNaN(toNumber(datum.label)) ? datum.label : format(toNumber(datum.label), '.4~r')";

interface Frame {
  readonly x: string;
  readonly y: string;
  readonly xs: readonly string[];
  readonly ys: readonly string[];
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
  const x = { ...cell.x, sort: [...frame.xs], title: frame.x, axis: { labelAngle: 0, labelExpr: LABEL } };
  const y = { ...cell.y, sort: [...frame.ys], title: frame.y, axis: { labelExpr: LABEL } };
  const hconcat = maps.map(({ title, tiles }, i): PanelSpec => {
    const legend = i === maps.length - 1 ? { title: axisTitleWithin(quantity, 0), gradientLength: 120 } : null;
    return {
      title: { text: title, fontSize: 12 },
      width: { step: 92 },
      height: { step: 40 },
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
        {
          mark: { type: 'text', fontSize: 10 },
          encoding: {
            x,
            y,
            text: { field: 'text', type: 'nominal' },
            color: { condition: { test: 'datum.dark', value: 'white' }, value: 'black' },
          },
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
