import { extraLevels, levelName, PNL_PARTS, worstShare } from '../config/risk-columns.ts';
import { exp } from '../util/elementary.ts';
import type { Accumulated } from './cell-accumulator.ts';
import { cvar, cvarStandardError } from './cvar.ts';
import { type PairSums, pairedStandardError, pairInflation } from './pair-inflation.ts';
import { percentileStandardError } from './percentile-standard-error.ts';
import { type Estimate, sortino } from './ratios.ts';
import type { CellFacts, Summary } from './summary.ts';

const UNDEFINED: Estimate = { value: Number.NaN, se: Number.NaN };

/**
 * The columns that `risk:` adds to a cell's row, by name, as config/risk-columns.ts lists them; empty where it asks for none.
 * VaR and CVaR are losses. `expected_utility` is mean(−e^(−γW)) of the wealth W that the certainty equivalent is of, at γ = 0
 * mean W; NaN where it is too large for a double. Drawdowns are those of max_drawdown_mean; `bound_time` is a share of the horizon.
 */
export function riskColumnsOf(all: Accumulated, facts: CellFacts, summary: Summary): ReadonlyMap<string, number> {
  const columns = new Map<string, number>();
  const { figures, drawdowns } = all;
  if (facts.risk === undefined || figures.risk === undefined) return columns;
  const { measures } = facts.risk;
  const { downside, parts, boundShare } = figures.risk;
  const put = (name: string, { value, se }: Estimate): void => {
    columns.set(name, value).set(`${name}_se`, se);
  };
  const inflation = inflationOf(all);
  for (const level of extraLevels(measures)) {
    const share = worstShare(level);
    const [varName, cvarName] = [`var${levelName(level)}`, `cvar${levelName(level)}`];
    const varSe = percentileStandardError(all.ordered, 100 * share) * inflation(varName);
    put(varName, { value: -all.ordered.quantile(share), se: varSe });
    const cvarSe = cvarStandardError(all.ordered, share) * inflation(cvarName);
    put(cvarName, { value: cvar(all.ordered, share), se: cvarSe });
  }
  if (measures.ratios) {
    const { value, se } = downside === undefined ? UNDEFINED : sortino(downside, measures.target);
    put('sortino', { value, se: se * inflation('sortino') });
  }
  if (measures.utility) put('expected_utility', expectedUtility(summary, facts.gamma));
  if (measures.drawdown && drawdowns !== undefined) {
    columns.set('max_drawdown_p50', drawdowns.quantile(0.5));
    const se = percentileStandardError(drawdowns, 95) * inflation('max_drawdown_p95');
    put('max_drawdown_p95', { value: drawdowns.quantile(0.95), se });
    columns.set('max_drawdown_max', drawdowns.at(drawdowns.count));
  }
  if (boundShare !== undefined) put('bound_time_mean', { value: boundShare.mean, se: seOf(boundShare) });
  if (parts !== undefined) {
    for (const part of PNL_PARTS) put(`${part}_mean`, { value: parts[part].mean, se: seOf(parts[part]) });
  }
  return columns;
}

/** What antithetic pairs multiply the standard error of a measure by; 1 without pairs. */
function inflationOf({ figures }: Accumulated): (column: string) => number {
  return (column) => {
    const sums = figures.risk?.pairs?.get(column);
    return sums === undefined ? 1 : pairInflation(sums);
  };
}

function seOf(sums: PairSums | undefined): number {
  return sums === undefined ? Number.NaN : pairedStandardError(sums);
}

/** From the certainty equivalent c: mean(−e^(−γW)) is −e^(−γc), and its error γ e^(−γc) times that of c. */
function expectedUtility(summary: Summary, gamma: number): Estimate {
  const { certainty_equivalent, certainty_equivalent_se } = summary;
  if (gamma === 0) return { value: certainty_equivalent, se: certainty_equivalent_se };
  const utility = -exp(-gamma * certainty_equivalent);
  const se = gamma * -utility * certainty_equivalent_se;
  return Number.isFinite(utility) && Number.isFinite(se) ? { value: utility, se } : UNDEFINED;
}
