/** What `risk:` asks for beside the columns of every summary.csv. */
export interface RiskMeasures {
  /** Confidence levels of VaR and CVaR, in (0, 1). */
  readonly levels: readonly number[];
  /** Standard error of the Sharpe ratio, and the Sortino ratio with its own. */
  readonly ratios: boolean;
  /** PnL below which the Sortino ratio counts a path as a loss. */
  readonly target: number;
  /** Expected CARA utility at the model's gamma. */
  readonly utility: boolean;
  /** The law of the largest drawdown over paths. */
  readonly drawdown: boolean;
  /** The share of the horizon that is spent at the inventory bound. */
  readonly bound_time: boolean;
  /** What PnL is the sum of: spread income, inventory PnL, fees, adverse selection. */
  readonly decompose: boolean;
}

export const COMPARATORS = ['<=', '>=', '<', '>'] as const;
export type Comparator = (typeof COMPARATORS)[number];

/** `metric comparator limit`, such as cvar95 <= 5. */
export interface Condition {
  /** As the file writes it, with single spaces. */
  readonly expression: string;
  /** A column of summary.csv. */
  readonly metric: string;
  readonly comparator: Comparator;
  readonly limit: number;
}

/** A condition that the run has to meet, for each scenario and strategy that it is of. */
export interface Threshold extends Condition {
  /** Names of the strategies that it is of; undefined = all. */
  readonly strategies: readonly string[] | undefined;
}

/** `choose:`: the best of all scenarios and strategies of a run under conditions. */
export interface ChoiceRule {
  /** A column of summary.csv, and whether the highest or the lowest is wanted. */
  readonly objective: string;
  readonly sense: 'maximise' | 'minimise';
  readonly subjectTo: readonly Condition[];
  /** Of each condition's one-sided limit, and of the choice itself. */
  readonly confidence: number;
}

/** What is asked of a run's numbers beyond the report. */
export interface Goals {
  readonly thresholds: readonly Threshold[];
  readonly choice: ChoiceRule | undefined;
}
