import { axisTitle, type ChartFrame, type Quantity, requirePlottable, roomAround, titleOf } from './axis.ts';
import type { PanelSpec } from './render-chart.ts';
import { CHART_SIZE, ORDERED_AREAS } from './theme.ts';

export interface HeatmapChart extends ChartFrame {
  readonly x: Quantity;
  readonly y: Quantity;
  readonly value: Quantity;
  /** Edges of the columns and rows, ascending: one more than there are columns and rows. */
  readonly xEdges: ArrayLike<number>;
  readonly yEdges: ArrayLike<number>;
  /** Ends of the colour scale; by default the least and the greatest value. */
  readonly domain?: readonly [number, number] | undefined;
  /** Value of a cell; NaN leaves it white. */
  readonly at: (column: number, row: number) => number;
}

/**
 * A quantity over two others as colours. Grid lines are off: they would shine through between the cells.
 * @throws RangeError where no cell has a value or an edge is not finite
 */
export function heatmapChart(chart: HeatmapChart): PanelSpec {
  const { xEdges, yEdges, at, width = CHART_SIZE.width, height = CHART_SIZE.height } = chart;
  requirePlottable('heatmap', [...Array.from(xEdges), ...Array.from(yEdges)]);
  const cells = [];
  for (let i = 0; i + 1 < xEdges.length; i++) {
    for (let j = 0; j + 1 < yEdges.length; j++) {
      const value = at(i, j);
      if (Number.isNaN(value)) continue;
      cells.push({ x: xEdges[i]!, x2: xEdges[i + 1]!, y: yEdges[j]!, y2: yEdges[j + 1]!, value });
    }
  }
  requirePlottable(
    'heatmap',
    cells.map(({ value }) => value),
  );
  const domain = chart.domain
    ? { domain: [...chart.domain], clamp: true }
    : roomAround(cells.map(({ value }) => value));
  const flush = { scale: { zero: false, nice: false }, axis: { grid: false } } as const;
  const colour = {
    field: 'value',
    type: 'quantitative',
    title: axisTitle(chart.value),
    scale: { scheme: ORDERED_AREAS, zero: false, ...domain },
    legend: { gradientLength: 200 },
  } as const;
  return {
    ...titleOf(chart),
    width,
    height,
    data: { values: cells },
    // Half a pixel under the next cell, lest blurred edges leave white lines between them.
    mark: { type: 'rect', clip: true, x2Offset: 0.5, y2Offset: -0.5 },
    encoding: {
      x: { field: 'x', type: 'quantitative', title: axisTitle(chart.x), ...flush },
      x2: { field: 'x2' },
      y: { field: 'y', type: 'quantitative', title: axisTitle(chart.y), ...flush },
      y2: { field: 'y2' },
      color: colour,
    },
  };
}
