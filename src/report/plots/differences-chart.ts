import type { ComparisonRow } from '../comparisons-csv.ts';
import { axisTitle, requirePlottable, roomAround } from './axis.ts';
import { DIFFERENCE } from './quantities.ts';
import type { ChartSpec } from './render-chart.ts';

const CLEAR = '95 % interval leaves out 0';
const OPEN = 'inconclusive';
const INK = '#222222';

/**
 * The paired differences of one scenario with their 95 % intervals, a line each.
 * @throws RangeError where there is none
 */
export function differencesChart(pairs: readonly ComparisonRow[], caption: string): ChartSpec {
  requirePlottable(
    'differences',
    pairs.flatMap(({ mean_difference, ci_low, ci_high }) => [mean_difference, ci_low, ci_high]),
  );
  const points = pairs.map((pair) => ({
    pair: `${pair.strategy} − ${pair.baseline}`,
    difference: pair.mean_difference,
    low: pair.ci_low,
    high: pair.ci_high,
    verdict: pair.verdict === 'inconclusive' ? OPEN : CLEAR,
  }));
  const x = {
    type: 'quantitative',
    title: axisTitle(DIFFERENCE),
    // 0 is on the axis, as what differences are held against.
    scale: { padding: 14, ...roomAround([0, ...pairs.flatMap(({ ci_low, ci_high }) => [ci_low, ci_high])]) },
    axis: { tickCount: 6 },
  } as const;
  const y = { field: 'pair', type: 'nominal', sort: null, title: null, axis: { labelLimit: 400 } } as const;
  const fill = {
    field: 'verdict',
    type: 'nominal',
    title: null,
    scale: { domain: [CLEAR, OPEN], range: [INK, 'white'] },
    legend: {
      orient: 'bottom',
      symbolType: 'circle',
      symbolOpacity: 1,
      symbolStrokeColor: INK,
      symbolStrokeWidth: 1.5,
    },
  } as const;
  return {
    title: { text: 'Paired differences of mean PnL', subtitle: `bars: 95 % intervals; ${caption}` },
    width: 520,
    height: { step: 34 },
    data: { values: points },
    layer: [
      {
        data: { values: [{ zero: 0 }] },
        mark: { type: 'rule', color: '#888888' },
        encoding: { x: { field: 'zero', ...x } },
      },
      {
        mark: { type: 'rule', strokeWidth: 1.5, color: INK },
        encoding: { x: { field: 'low', ...x }, x2: { field: 'high' }, y },
      },
      {
        mark: { type: 'point', size: 70, opacity: 1, stroke: INK, strokeWidth: 1.5 },
        encoding: { x: { field: 'difference', ...x }, y, fill },
      },
    ],
  };
}
