import { lineChart } from '../report/plots/line-chart.ts';
import { QUOTE_LABELS, type QuoteSide, quoteSurface } from '../report/plots/quote-surface.ts';
import type { ChartSpec } from '../report/plots/render-chart.ts';
import { glftAsymptoticQuotes } from '../solve/closed-forms.ts';
import type { SolvedModel } from './solved-figures.ts';
import type { Study, StudyChart } from './study-schema.ts';

type Units = Study['units'];

/** A quote over time and inventory: as a map, and as lines for some inventories. */
export function quoteChart(
  { title, inventories }: StudyChart,
  side: QuoteSide,
  caseName: string,
  units: Units,
  solved: SolvedModel,
): ChartSpec {
  // Names the study where it asks for an inventory that is not on the grid.
  for (const q of inventories) solved.indexOf(q);
  const { times, inventories: lattice } = solved.grid;
  const quotes = { times, inventories: lattice, quotesAt: (i: number) => solved.quotesAt(i) };
  return quoteSurface(quotes, { title, subtitle: caseName, side, units, inventories });
}

/** A quote at t = 0 over inventory, and its closed-form approximation. */
export function asymptoticChart(
  { title }: StudyChart,
  side: 'bid' | 'ask',
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
    y: { label: QUOTE_LABELS[side], unit: units.price },
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
