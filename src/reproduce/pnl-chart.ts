import { histogramChart } from '../report/plots/histogram-chart.ts';
import type { ChartSpec } from '../report/plots/render-chart.ts';
import { formatCount } from '../util/format.ts';
import { type SimulatedStrategy, strategyOf } from './simulated-figures.ts';
import type { Study, StudyChart } from './study-schema.ts';

/** The distribution of PnL of each strategy. */
export function pnlChart(
  { title, strategies }: StudyChart,
  caseName: string,
  { price }: Study['units'],
  simulated: ReadonlyMap<string, SimulatedStrategy>,
): ChartSpec {
  const names = strategies ?? [...simulated.keys()];
  const samples = names.map((name) => ({ name, values: strategyOf(simulated, name).pnl }));
  const paths = samples[0]?.values.length ?? 0;
  return histogramChart({
    title,
    subtitle: `${caseName}; ${formatCount(paths)} paths a strategy`,
    x: { label: 'PnL at T', unit: `${price} × units` },
    samples,
  });
}
