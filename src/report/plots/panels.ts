import type { ChartSpec, PanelSpec } from './render-chart.ts';

/** Panels that a chart of several scenarios has at most. */
export const MOST_PANELS = 12;

/** Panels in rows of three under one title, with the same axes and one legend. */
export function panelGrid(
  frame: { readonly title: string; readonly subtitle: string },
  panels: readonly PanelSpec[],
): ChartSpec {
  return {
    title: { text: frame.title, subtitle: frame.subtitle },
    concat: [...panels],
    columns: 3,
    spacing: 24,
    resolve: { scale: { x: 'shared', y: 'shared', color: 'shared' }, legend: { color: 'shared' } },
  };
}
