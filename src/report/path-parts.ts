import { pnlSplit } from '../aggregate/pnl-split.ts';
import type { RiskMeasures } from '../config/goals.ts';
import { PNL_PARTS } from '../config/risk-columns.ts';
import type { PathChunk } from './paths-csv.ts';

/** The columns that `risk:` adds to paths.csv and paths.parquet, at their end: the parts of PnL, and the time at the bound. */
export function riskPathColumns(risk: RiskMeasures | undefined): string[] {
  return [...(risk?.decompose === true ? PNL_PARTS : []), ...(risk?.bound_time === true ? ['bound_time'] : [])];
}

/** Their figures of one chunk, in that order, by slot. */
export function riskPathFigures({
  columns,
  facts,
}: Pick<PathChunk, 'columns' | 'facts'>): ((slot: number) => number)[] {
  const { risk, orderSize } = facts;
  if (risk === undefined) return [];
  const split = risk.measures.decompose ? pnlSplit(columns, risk, orderSize) : undefined;
  const { boundTime } = columns;
  return [
    ...(split === undefined ? [] : PNL_PARTS.map((part) => split[part])),
    ...(risk.measures.bound_time && boundTime !== undefined ? [(slot: number) => boundTime[slot]!] : []),
  ];
}
