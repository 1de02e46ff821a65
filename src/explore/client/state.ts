import type { ExploreStrategy, Law, Moments, Quotes } from '../messages.ts';
import type { ExploreParameters } from '../parameters.ts';

/** What is known of one strategy at the parameters; older parts are shown as such until they are replaced. */
export interface StrategyState {
  moments?: Moments;
  law?: Law;
  failure?: string | undefined;
  isDone: boolean;
}

export interface ExploreState {
  parameters: ExploreParameters;
  quotes?: Quotes;
  /** Of the constant strategy, price units. */
  distance?: number;
  /** Index of the time at which quotes are shown. */
  node: number;
  readonly strategies: Readonly<Record<ExploreStrategy, StrategyState>>;
}
