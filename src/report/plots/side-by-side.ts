import { type ChartFrame, titleOf } from './axis.ts';
import type { ChartSpec, PanelSpec } from './render-chart.ts';

/** Charts in a row under one title, each with its own scales and legends. */
export function besideEachOther(
  frame: Pick<ChartFrame, 'title' | 'subtitle'>,
  panels: readonly PanelSpec[],
): ChartSpec {
  return {
    ...titleOf(frame),
    hconcat: [...panels],
    spacing: 20,
    resolve: { scale: { color: 'independent' }, legend: { color: 'independent' } },
  };
}
