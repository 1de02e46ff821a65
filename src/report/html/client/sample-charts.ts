import type { TopLevelSpec } from 'vega-lite';
import type { Quantity } from '../../plots/axis.ts';
import { sameNumbers } from '../../plots/line-chart.ts';
import { INVENTORY, MEAN_PNL, PNL, TERMINAL_PNL, TIME } from '../../plots/quantities.ts';
import type { PageBand, PageData } from '../page-data.ts';
import { along, colour, DATA, SILENT } from './encodings.ts';
import { short } from './figures-text.ts';
import { isShown, nameOf, type PageState } from './state.ts';

/** The rows of exact densities, beside those of the histograms. */
export const EXACT = 'exact';

const DENSITY_TITLE = ['density', '(1 / (price units × units))'];

/** Densities of terminal PnL, with the exact ones dashed where they are known. */
export function densitySpec(data: PageData): TopLevelSpec {
  const x = along(TERMINAL_PNL);
  const y = {
    field: 'density',
    type: 'quantitative',
    stack: null,
    title: DENSITY_TITLE,
  } as const;
  const color = colour(data);
  return {
    data: DATA,
    height: 300,
    layer: [
      {
        mark: { type: 'area', interpolate: 'step-after', fillOpacity: 0.22, line: { strokeWidth: 1.5 }, ...SILENT },
        encoding: { x: { field: 'x', ...x }, y, color },
      },
      {
        data: { name: EXACT },
        mark: { type: 'line', strokeWidth: 2, strokeDash: [5, 4], ...SILENT },
        encoding: { x: { field: 'x', ...x }, y, color },
      },
      {
        mark: { type: 'bar', opacity: 0, ...SILENT },
        encoding: {
          x: { field: 'x', ...x },
          x2: { field: 'x2' },
          y: { aggregate: 'max', field: 'density', type: 'quantitative' },
          tooltip: { field: 'tip' },
        },
      },
    ],
  };
}

export function densityRows(state: PageState) {
  const { edges = [], samples = [] } = state.scenario.histogram ?? {};
  const shown = samples.filter(({ strategy }) => isShown(state, strategy));
  const width = (edges[1] ?? 0) - (edges[0] ?? 0);
  return shown.flatMap(({ strategy, density }) =>
    edges.map((edge, bin) => {
      const shares = shown.map((one) => {
        const share = 100 * width * (one.density[bin] ?? 0);
        return `${nameOf(state, one.strategy)}: ${short(share, 3)} % of paths`;
      });
      const range = `PnL ${short(edge)} to ${short(edges[bin + 1] ?? edge + width)}`;
      return {
        strategy: nameOf(state, strategy),
        x: edge,
        // The outline ends at the last edge, where it comes back to 0.
        x2: edges[bin + 1] ?? edge,
        density: density[bin] ?? 0,
        tip: [range, ...shares].join('\n'),
      };
    }),
  );
}

export function exactRows(state: PageState) {
  const exact = (state.scenario.histogram?.exact ?? []).filter(({ strategy }) => isShown(state, strategy));
  return exact.flatMap(({ strategy, x, density }) =>
    x.map((at, i) => ({ strategy: nameOf(state, strategy), x: at, density: density[i] ?? 0, tip: '' })),
  );
}

/** Charts of lines with bands, by the key of their data. */
export const BAND_CHARTS = {
  convergence: { x: { label: 'paths' }, y: MEAN_PNL, isLogarithmic: true, band: '95 % interval' },
  pnlOverTime: { x: TIME, y: PNL, isLogarithmic: false, band: '5–95 % of paths' },
  inventoryOverTime: { x: TIME, y: INVENTORY, isLogarithmic: false, band: '5–95 % of paths' },
} as const satisfies Readonly<Record<string, { x: Quantity; y: Quantity; isLogarithmic: boolean; band: string }>>;

export type BandChart = keyof typeof BAND_CHARTS;

export function bandSpec(data: PageData, chart: BandChart): TopLevelSpec {
  const { isLogarithmic, ...quantities } = BAND_CHARTS[chart];
  const abscissas = data[chart].flatMap((line) => line.x);
  const x = { field: 'x', ...along(quantities.x, isLogarithmic ? abscissas : undefined) } as const;
  const y = along(quantities.y);
  const color = colour(data);
  return {
    data: DATA,
    height: 280,
    layer: [
      {
        mark: { type: 'area', opacity: 0.18, ...SILENT },
        encoding: { x, y: { field: 'low', ...y }, y2: { field: 'high' }, color },
      },
      {
        mark: { type: 'line', strokeWidth: 2, ...SILENT },
        encoding: {
          x,
          y: { field: 'y', ...y },
          color,
          strokeDash: { condition: { test: 'datum.dashed', value: [6, 5] }, value: [1, 0] },
        },
      },
      {
        mark: { type: 'point', filled: true, size: 160, opacity: 0, ...SILENT },
        encoding: { x, y: { field: 'y', ...y }, tooltip: { field: 'tip' } },
      },
    ],
  };
}

export function bandRows(state: PageState, chart: BandChart) {
  const { x: abscissa, y: ordinate, band } = BAND_CHARTS[chart];
  const all: readonly PageBand[] = state.data[chart];
  const lines = all.filter(({ strategy }) => isShown(state, strategy));
  return lines.flatMap(({ strategy, x, y, low, high }, line) => {
    // A line that lies on an earlier one is dashed, so that both show.
    const dashed = lines.slice(0, line).some((earlier) => sameNumbers(earlier.y, y));
    return x.map((at, i) => {
      const [value, from, to] = [y[i] ?? Number.NaN, low[i] ?? Number.NaN, high[i] ?? Number.NaN];
      const name = nameOf(state, strategy);
      const figures = `${ordinate.label} ${short(value)} (${band} ${short(from)} to ${short(to)})`;
      const tip = [name, `${abscissa.label} ${short(at)}`, figures].join('\n');
      return { strategy: name, x: at, y: value, low: from, high: to, dashed, tip };
    });
  });
}
