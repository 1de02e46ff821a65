import type { TopLevelSpec } from 'vega-lite';
import { Z_95 } from '../../../aggregate/confidence-interval.ts';
import { CVAR, DIFFERENCE, MEAN_PNL, STD_PNL, TERMINAL_PNL } from '../../plots/quantities.ts';
import type { PageData } from '../page-data.ts';
import { along, colour, DATA, SILENT, shape, tip } from './encodings.ts';
import { estimate, interval, short } from './figures-text.ts';
import { isShown, nameOf, type PageState, type RiskMeasure } from './state.ts';

/** Where each strategy's PnL lies: the middle 90 % of paths, the median, and the mean with its interval. */
export function spreadSpec(data: PageData): TopLevelSpec {
  const x = along(TERMINAL_PNL);
  const y = { field: 'strategy', type: 'nominal', sort: data.strategies.map(({ name }) => name), title: null } as const;
  const color = colour(data);
  return {
    data: DATA,
    height: { step: 46 },
    layer: [
      {
        mark: { type: 'bar', height: 18, opacity: 0.45, cornerRadius: 3 },
        encoding: { x: { field: 'p05', ...x }, x2: { field: 'p95' }, y, color, ...tip },
      },
      {
        mark: { type: 'tick', thickness: 2, height: 18, ...SILENT },
        encoding: { x: { field: 'p50', ...x }, y, color },
      },
      {
        mark: { type: 'rule', strokeWidth: 2, ...SILENT },
        encoding: { x: { field: 'low', ...x }, x2: { field: 'high' }, y, color },
      },
      {
        mark: { type: 'point', filled: true, size: 70, opacity: 1, ...SILENT },
        encoding: { x: { field: 'mean', ...x }, y, color, shape: shape(data), tooltip: tip.tooltip },
      },
    ],
  };
}

export function spreadRows(state: PageState) {
  return shownCells(state).map(({ strategy, figures: f }) => ({
    strategy,
    p05: f.p05,
    p50: f.p50,
    p95: f.p95,
    mean: f.mean,
    low: f.mean_ci_low,
    high: f.mean_ci_high,
    tip: [
      strategy,
      `mean ${estimate(f.mean, f.mean_se)}`,
      `95 % interval ${interval(f.mean_ci_low, f.mean_ci_high, f.mean_se)}`,
      `5th percentile ${short(f.p05)}, median ${short(f.p50)}, 95th ${short(f.p95)}`,
    ].join('\n'),
  }));
}

/** Mean PnL over a measure of risk, with intervals both ways. */
export function riskSpec(data: PageData, measure: RiskMeasure): TopLevelSpec {
  const x = along(measure === 'std' ? STD_PNL : CVAR);
  const y = along(MEAN_PNL);
  const color = colour(data);
  const rule = { type: 'rule', strokeWidth: 1.5, ...SILENT } as const;
  return {
    data: DATA,
    height: 300,
    layer: [
      {
        mark: rule,
        encoding: { x: { field: 'xLow', ...x }, x2: { field: 'xHigh' }, y: { field: 'mean', ...y }, color },
      },
      {
        mark: rule,
        encoding: { x: { field: 'x', ...x }, y: { field: 'low', ...y }, y2: { field: 'high' }, color },
      },
      {
        mark: { type: 'point', filled: true, size: 90, opacity: 1 },
        encoding: { x: { field: 'x', ...x }, y: { field: 'mean', ...y }, color, shape: shape(data), ...tip },
      },
    ],
  };
}

export function riskRows(state: PageState) {
  return shownCells(state).map(({ strategy, figures: f }) => {
    const [x, se] = state.risk === 'std' ? [f.std, f.std_se] : [f.cvar95, f.cvar95_se];
    return {
      strategy,
      x,
      xLow: x - Z_95 * se,
      xHigh: x + Z_95 * se,
      mean: f.mean,
      low: f.mean_ci_low,
      high: f.mean_ci_high,
      tip: [
        strategy,
        `mean ${estimate(f.mean, f.mean_se)}`,
        `std ${estimate(f.std, f.std_se)}`,
        `CVaR 95 % ${estimate(f.cvar95, f.cvar95_se)}`,
      ].join('\n'),
    };
  });
}

/** Paired differences of mean PnL with their intervals. */
export function differencesSpec(): TopLevelSpec {
  const x = along(DIFFERENCE);
  const y = {
    field: 'pair',
    type: 'nominal',
    sort: null,
    title: null,
    axis: { labelExpr: "split(datum.label, '\\n')", labelOffset: -7 },
  } as const;
  const opacity = { condition: { test: 'datum.clear', value: 1 }, value: 0.45 } as const;
  return {
    data: DATA,
    height: { step: 38 },
    layer: [
      {
        data: { values: [{}] },
        mark: { type: 'rule', color: 'currentColor', opacity: 0.6, ...SILENT },
        encoding: { x: { datum: 0, ...x } },
      },
      {
        mark: { type: 'rule', color: 'currentColor', strokeWidth: 2.5, ...SILENT },
        encoding: { x: { field: 'low', ...x }, x2: { field: 'high' }, y, opacity },
      },
      {
        mark: { type: 'point', filled: true, color: 'currentColor', size: 90 },
        encoding: { x: { field: 'difference', ...x }, y, opacity, ...tip },
      },
    ],
  };
}

export function differencesRows(state: PageState) {
  return state.scenario.pairs
    .filter(({ strategy, baseline }) => isShown(state, strategy) && isShown(state, baseline))
    .map(({ strategy, baseline, difference, se, low, high, clear }) => {
      const names = [`${nameOf(state, strategy)} −`, nameOf(state, baseline)];
      const verdict = clear ? 'the interval leaves out 0' : 'inconclusive: the interval holds 0';
      const figures = `${estimate(difference, se)}, 95 % interval ${interval(low, high, se)}`;
      return {
        pair: names.join('\n'),
        difference,
        low,
        high,
        clear,
        tip: [names.join(' '), figures, verdict].join('\n'),
      };
    });
}

function shownCells(state: PageState) {
  return state.scenario.cells
    .filter(({ strategy }) => isShown(state, strategy))
    .map(({ strategy, figures }) => ({ strategy: nameOf(state, strategy), figures }));
}
