import type { RiskMeasures } from './goals.ts';

/** What PnL is the sum of, in the order of the columns. */
export const PNL_PARTS = ['spread_income', 'inventory_pnl', 'fees', 'adverse_selection'] as const;
export type PnlPart = (typeof PNL_PARTS)[number];

/** The percent of a level as column names write it: 0.9 is 90, 0.975 is 97.5. */
export function levelName(level: number): string {
  return String(Number((100 * level).toPrecision(10)));
}

/** The worst share of PnL that a level speaks of: 0.1 for 0.9, without the rounding of 1 − 0.9. */
export function worstShare(level: number): number {
  return Number((1 - level).toPrecision(10));
}

/** The levels that have columns of their own: each once, without 95 %, whose columns are always there. */
export function extraLevels({ levels }: Pick<RiskMeasures, 'levels'>): number[] {
  return [...new Set(levels)].filter((level) => levelName(level) !== '95');
}

/** The columns that `risk:` adds after those of every summary.csv, in the file's order. */
export function riskColumns(risk: RiskMeasures | undefined): string[] {
  if (risk === undefined) return [];
  const tails = extraLevels(risk).flatMap((level) => {
    const name = levelName(level);
    return [`var${name}`, `var${name}_se`, `cvar${name}`, `cvar${name}_se`];
  });
  const { ratios, utility, drawdown, bound_time, decompose } = risk;
  return [
    ...tails,
    ...(ratios ? ['sortino', 'sortino_se'] : []),
    ...(utility ? ['expected_utility', 'expected_utility_se'] : []),
    ...(drawdown ? ['max_drawdown_p50', 'max_drawdown_p95', 'max_drawdown_p95_se', 'max_drawdown_max'] : []),
    ...(bound_time ? ['bound_time_mean', 'bound_time_mean_se'] : []),
    ...(decompose ? PNL_PARTS.flatMap((part) => [`${part}_mean`, `${part}_mean_se`]) : []),
  ];
}
