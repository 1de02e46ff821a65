import type { PageData, PageScenario } from '../page-data.ts';

export type RiskMeasure = 'std' | 'cvar95';
export type SweepMetric = 'mean' | 'std' | 'cvar95' | 'certainty_equivalent' | 'difference';

/** What the reader has chosen. */
export interface PageState {
  readonly data: PageData;
  /** Indices of strategies that charts leave out. */
  readonly hidden: Set<number>;
  scenario: PageScenario;
  risk: RiskMeasure;
  metric: SweepMetric;
  /** Index of the recorded path that is shown. */
  recorded: number;
  /** Index of the swept path along the axis of the sweep's chart. */
  axis: number;
}

export function isShown({ hidden }: PageState, strategy: number): boolean {
  return !hidden.has(strategy);
}

export function nameOf({ data }: PageState, strategy: number): string {
  return data.strategies[strategy]?.name ?? '';
}
