import { heatmapChart } from '../report/plots/heatmap-chart.ts';
import { type LineSeries, lineChart } from '../report/plots/line-chart.ts';
import type { ChartSpec } from '../report/plots/render-chart.ts';
import { besideEachOther } from '../report/plots/side-by-side.ts';
import { glftAsymptoticQuotes } from '../solve/closed-forms.ts';
import type { SolvedModel } from './solved-figures.ts';
import type { Study, StudyChart } from './study-schema.ts';

type Side = 'bid' | 'ask';
type Units = Study['units'];

/** Columns that a map of quotes has at most; lines take every node of the grid. */
const MAP_COLUMNS = 100;

const LABELS = { bid: 'bid distance δb', ask: 'ask distance δa', spread: 'spread δb + δa' } as const;

/** A quote over time and inventory: as a map, and as lines for some inventories. */
export function quoteChart(
  { title, inventories }: StudyChart,
  quote: Side | 'spread',
  caseName: string,
  units: Units,
  solved: SolvedModel,
): ChartSpec {
  const { grid } = solved;
  const rows = Array.from(grid.times, (_, i) => {
    const { bid, ask } = solved.quotesAt(i);
    if (quote !== 'spread') return quote === 'bid' ? bid : ask;
    return bid.map((distance, j) => distance + ask[j]!);
  });
  const time = { label: 'time t', unit: units.time };
  const value = { label: LABELS[quote], unit: units.price };
  const stride = Math.ceil((grid.times.length - 1) / MAP_COLUMNS);
  const xEdges = Array.from(grid.times).filter((_, i) => i % stride === 0 || i === grid.times.length - 1);
  const half = 0.5 * solved.model.order_size;
  // At the bound itself a side is missing and the other is far from all others, which would take up the colours.
  const bound = Math.max(...inventories.map(Math.abs));
  const first = solved.indexOf(-bound);
  const shown = Array.from(grid.inventories.subarray(first, solved.indexOf(bound) + 1));
  const map = heatmapChart({
    x: time,
    y: { label: 'inventory q', unit: 'units' },
    value,
    xEdges,
    yEdges: [...shown.map((q) => q - half), bound + half],
    at: (column, row) => {
      const distance = rows[column * stride]?.[first + row] ?? Number.NaN;
      return Number.isFinite(distance) ? distance : Number.NaN;
    },
    width: 400,
  });
  const series = inventories.map((q): LineSeries => {
    const index = solved.indexOf(q);
    return { name: inventoryText(q), x: grid.times, y: rows.map((row) => row[index] ?? Number.NaN) };
  });
  const lines = lineChart({ x: time, y: value, series, legend: 'inventory q (units)', ordered: true, width: 400 });
  return besideEachOther({ title, subtitle: caseName }, [map, lines]);
}

/** A quote at t = 0 over inventory, and its closed-form approximation. */
export function asymptoticChart(
  { title }: StudyChart,
  side: Side,
  caseName: string,
  units: Units,
  solved: SolvedModel,
): ChartSpec {
  const distances = solved.quotesAt(0)[side];
  const quoted = Array.from(solved.grid.inventories).filter((_, j) => Number.isFinite(distances[j]!));
  return lineChart({
    title,
    subtitle: `${caseName}, T = ${solved.model.T} ${units.time}`,
    x: { label: 'inventory q', unit: 'units' },
    y: { label: LABELS[side], unit: units.price },
    series: [
      { name: 'optimal at t = 0', x: quoted, y: distances.filter((distance) => Number.isFinite(distance)) },
      {
        name: 'closed-form approximation',
        x: quoted,
        y: quoted.map((q) => glftAsymptoticQuotes(solved.model, q)[side]),
        dashed: true,
      },
    ],
  });
}

/** A number with a true minus sign. */
function inventoryText(q: number): string {
  return String(q).replace('-', '−');
}
