import type { Warning } from '../aggregate/warnings.ts';
import { formatCount, formatEstimate } from '../util/format.ts';

/** A warning in words: what was seen, the likely cause, what to change. */
export function warningText(warning: Warning): string {
  switch (warning.kind) {
    case 'quote_bounds_bind': {
      const { shares, deltaMin, deltaMax, myopicHalfSpread, strategy, asset } = warning;
      const bounds = `delta_min ${deltaMin ?? 'none'}, delta_max ${deltaMax ?? 'none'}`;
      const consequence =
        shares.atMax === 1 || shares.atMin === 1 || (shares.binding === 1 && deltaMin === deltaMax)
          ? `its quotes ARE constant at the bound, so that comparing it with constant quotes says nothing`
          : `there its quotes are the bound's, not the optimum's`;
      return (
        `${strategy}${asset === undefined ? '' : ` on ${asset}`}: a quote bound binds in ${percent(shares.binding)} of the grid's quotes (${bounds}; the unconstrained ` +
        `half spread is about ${round(myopicHalfSpread)}): ${consequence}. Lift the bounds with ` +
        `--set model.delta_min=null --set model.delta_max=null, or set delta_min well below and delta_max well above ` +
        `${round(myopicHalfSpread)}.`
      );
    }
    case 'coarse_time_step': {
      const { strategy, intensityStep, dt, fill } = warning;
      const remedy = `Use simulator.scheme: event, which has no step, or a smaller simulator.dt (now ${round(dt)}).`;
      return fill === 'poisson'
        ? `${strategy}: up to ${round(intensityStep)} market orders reach a quote in one step, but at most one fills a side, ` +
            `so that fills and PnL come out low (by up to about ${percent(missedShare(intensityStep))}). ${remedy}`
        : `${strategy}: the linear fill probability lambda dt reaches ${round(intensityStep)}` +
            `${intensityStep > 1 ? ' and is cut at 1' : ''}, far from continuous time. ${remedy}`;
    }
    case 'time_step_adjusted':
      return (
        `simulator.dt ${round(warning.configured)} does not divide the horizon; ${round(warning.used)} was used. ` +
        'Choose a dt that divides T to be rid of this.'
      );
    case 'identical_strategies':
      return (
        `${warning.strategy} and ${warning.baseline} made the same PnL on every path: they quote the same, or neither trades. ` +
        'Check their parameters, and the quote bounds model.delta_min and model.delta_max.'
      );
    case 'certainty_equivalent_unreliable':
      return (
        `${warning.strategy}: the certainty equivalent rests on ${formatCount(Math.round(warning.effectivePaths))} of ` +
        `${formatCount(warning.paths)} paths, those with the worst PnL, and can be far off together with its standard ` +
        'error. Raise paths, or judge by a smaller model.gamma.'
      );
    case 'quotes_through_mid':
      return (
        `${warning.strategy}: ${formatCount(warning.quotes)} quotes were further through the mid than simulator.through_mid, ` +
        'and filled as often as quotes there, not more. Set simulator.through_mid to the furthest that the strategy quotes ' +
        '(market orders then cost e^(k through_mid) times as much), or limit it: min_distance.'
      );
    case 'precision_not_reached':
      return precisionText(warning);
    case 'few_paths':
      return (
        `${formatCount(warning.paths)} paths leave fewer than ${Math.ceil(warning.paths * 0.05) + 1} in the worst 5 %: ` +
        'take p05, p95 and CVaR as rough. Raise paths to 1,000 or more.'
      );
  }
}

function precisionText(warning: Warning & { readonly kind: 'precision_not_reached' }): string {
  const { strategy, metric, se, rel, value, reached, paths, unmet, estimates } = warning;
  const what = metric === 'mean' ? 'mean' : 'difference';
  const where = `after ${formatCount(paths)} paths, the cap (precision.max_paths); ${unmet} of ${estimates} such estimates fall short`;
  if (se === undefined && rel === undefined) {
    return (
      `precision: every ranking was to be settled, but ${strategy} is ${formatEstimate(value, reached)} ${where}. ` +
      'They may be equal; a higher cap, or variance_reduction, may tell them apart.'
    );
  }
  const [target, got] = rel === undefined ? [se ?? 0, reached] : [rel, reached / Math.abs(value)];
  const needed = paths * (got / target) ** 2;
  const figure = rel === undefined ? 'a standard error' : 'a standard error over |value|';
  return (
    `precision: ${figure} of ${target} was asked of each ${what}; that of ${strategy} is ${round(got)} ${where}. ` +
    `${Number.isFinite(needed) ? `About ${formatCount(Number(needed.toPrecision(2)))} paths` : 'More paths'} would do, ` +
    'or fewer with variance_reduction.'
  );
}

/** The share of Poisson arrivals beyond the first in a step: 1 − (1 − e^(−x))/x. */
function missedShare(x: number): number {
  return 1 - (1 - Math.exp(-x)) / x;
}

function percent(share: number): string {
  return `${round(100 * share)} %`;
}

function round(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/** Warnings that say the same of many scenarios, told once with the number of scenarios. */
export function warningLines(warnings: readonly Warning[]): string[] {
  const groups = new Map<string, { readonly text: string; scenarios: number }>();
  for (const warning of warnings) {
    const who = 'strategy' in warning ? warning.strategy : '';
    const other = 'baseline' in warning ? warning.baseline : '';
    const asset = 'asset' in warning ? (warning.asset ?? '') : '';
    const key = `${warning.kind}/${who}/${other}/${asset}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { text: warningText(warning), scenarios: 1 });
    else group.scenarios++;
  }
  return [...groups.values()].map(({ text, scenarios }) =>
    scenarios === 1 ? text : `${text} (first of ${formatCount(scenarios)} scenarios with this warning)`,
  );
}
