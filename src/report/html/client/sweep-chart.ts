import type { TopLevelSpec } from 'vega-lite';
import { Z_95 } from '../../../aggregate/confidence-interval.ts';
import { axisTitle, type Quantity } from '../../plots/axis.ts';
import { CVAR, DIFFERENCE, MEAN_PNL, STD_PNL } from '../../plots/quantities.ts';
import { sweptQuantity } from '../../plots/swept-quantity.ts';
import type { PageScenario } from '../page-data.ts';
import { along, colour, DATA, SILENT, shape, tip } from './encodings.ts';
import { estimate } from './figures-text.ts';
import { isShown, nameOf, type PageState, type SweepMetric } from './state.ts';

const QUANTITIES: Readonly<Record<SweepMetric, Quantity>> = {
  mean: MEAN_PNL,
  std: STD_PNL,
  cvar95: CVAR,
  certainty_equivalent: { ...MEAN_PNL, label: 'certainty equivalent' },
  difference: DIFFERENCE,
};

/** An estimate along the chosen swept path, the other paths as the sliders have them. */
export function sweepSpec(state: PageState): TopLevelSpec {
  const { data, metric } = state;
  const axis = data.axes[state.axis];
  const swept = sweptQuantity(axis?.path ?? '');
  const x = axis?.continuous
    ? ({ field: 'x', ...along(swept, axis.logarithmic ? axis.values.map(Number) : undefined) } as const)
    : ({
        field: 'x',
        type: 'nominal',
        title: axisTitle(swept),
        sort: [...(axis?.values ?? [])],
        axis: { labelAngle: 0 },
      } as const);
  const y = along(QUANTITIES[metric]);
  const color = colour(data);
  const line = {
    mark: { type: 'line', strokeWidth: 1.5, ...SILENT },
    encoding: { x, y: { field: 'y', ...y }, color },
  } as const;
  return {
    data: DATA,
    height: 320,
    layer: [
      ...(axis?.continuous && data.isGrid ? [line] : []),
      {
        transform: [{ filter: 'datum.current' }],
        mark: { type: 'rule', color: 'currentColor', strokeDash: [3, 3], opacity: 0.5, ...SILENT },
        encoding: { x },
      },
      {
        mark: { type: 'rule', strokeWidth: 1.5, ...SILENT },
        encoding: { x, y: { field: 'low', ...y }, y2: { field: 'high' }, color },
      },
      {
        mark: { type: 'point', filled: true, size: 75, opacity: 1 },
        encoding: { x, y: { field: 'y', ...y }, color, shape: shape(data), ...tip },
      },
    ],
  };
}

export function sweepRows(state: PageState) {
  const { data, axis, scenario } = state;
  const along = data.axes[axis];
  if (along === undefined) return [];
  const onLine = data.scenarios.filter(
    ({ point }) => !data.isGrid || point.every((value, i) => i === axis || value === scenario.point[i]),
  );
  return onLine.flatMap((one) => {
    const text = along.values[one.point[axis] ?? 0] ?? '';
    const point = data.axes.map(({ path, values }, i) => `${path} ${values[one.point[i] ?? 0] ?? ''}`).join(', ');
    return estimatesOf(state, one).map(({ strategy, y, se, low, high }) => ({
      strategy,
      x: along.continuous ? Number(text) : text,
      y,
      low,
      high,
      current: one === scenario,
      tip: [strategy, point, `${QUANTITIES[state.metric].label} ${estimate(y, se)}`].join('\n'),
    }));
  });
}

function estimatesOf(state: PageState, { cells, pairs }: PageScenario) {
  const { metric } = state;
  if (metric === 'difference') {
    return pairs
      .filter(({ strategy, baseline }) => baseline === 0 && isShown(state, strategy))
      .map(({ strategy, difference, se, low, high }) => ({
        strategy: nameOf(state, strategy),
        y: difference,
        se,
        low,
        high,
      }));
  }
  return cells
    .filter(({ strategy }) => isShown(state, strategy))
    .map(({ strategy, figures }) => {
      const [y, se] = [figures[metric], figures[`${metric}_se`]];
      const name = nameOf(state, strategy);
      return metric === 'mean'
        ? { strategy: name, y, se, low: figures.mean_ci_low, high: figures.mean_ci_high }
        : { strategy: name, y, se, low: y - Z_95 * se, high: y + Z_95 * se };
    })
    .filter(({ y }) => Number.isFinite(y));
}
