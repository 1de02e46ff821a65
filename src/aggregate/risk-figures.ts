import { extraLevels, levelName, PNL_PARTS, type PnlPart, worstShare } from '../config/risk-columns.ts';
import type { PathColumns } from '../simulate/path-columns.ts';
import { type JointMoments, jointMoments, mergeJointMoments } from './joint-moments.ts';
import { centralMoments, type Moments } from './moments.ts';
import { mergePairSums, type PairSums, pairSums, sampleSums } from './pair-inflation.ts';
import type { Pilot } from './pilot.ts';
import { pnlSplit } from './pnl-split.ts';
import { sharpeInfluence, sortinoInfluence } from './ratios.ts';
import type { CellFacts, RiskFacts } from './summary.ts';

/** What the measures of risk that are asked for are made of; figures of a chunk of paths, which merge. */
export interface RiskFigures {
  /** Of PnL and min(0, PnL − target)², for the Sortino ratio. */
  readonly downside: JointMoments | undefined;
  readonly parts: Readonly<Record<PnlPart, PairSums>> | undefined;
  /** Time at the inventory bound over the horizon. */
  readonly boundShare: PairSums | undefined;
  /** Within antithetic pairs, the influence values on each measure, by its column; undefined without pairs. */
  readonly pairs: ReadonlyMap<string, PairSums> | undefined;
}

/**
 * The figures of one chunk of checked columns.
 * @throws RangeError where the columns lack what a measure needs
 */
export function riskFiguresOf(
  columns: PathColumns,
  risk: RiskFacts,
  { orderSize, varianceReduction }: CellFacts,
  moments: Moments,
  pilot: Pilot,
): RiskFigures {
  const { count, pnl, boundTime } = columns;
  const { measures, horizon } = risk;
  const paired = varianceReduction === 'antithetic';
  const sums = (value: (path: number) => number): PairSums => (paired ? pairSums : sampleSums)(count, value);
  const split = measures.decompose ? pnlSplit(columns, risk, orderSize) : undefined;
  if (measures.bound_time && boundTime === undefined) throw new RangeError('time at the bound: its column is missing');
  return {
    downside: measures.ratios ? downsideOf(pnl, moments, measures.target) : undefined,
    parts: split && {
      spread_income: sums(split.spread_income),
      inventory_pnl: sums(split.inventory_pnl),
      fees: sums(split.fees),
      adverse_selection: sums(split.adverse_selection),
    },
    boundShare: measures.bound_time && boundTime ? sums((i) => boundTime[i]! / horizon) : undefined,
    pairs: paired ? influences(columns, risk, pilot) : undefined,
  };
}

function downsideOf(pnl: Float64Array, moments: Moments, target: number): JointMoments {
  const squares = pnl.map((x) => Math.min(0, x - target) * Math.min(0, x - target));
  return jointMoments(pnl, moments, squares, centralMoments(squares));
}

function influences({ count, pnl, maxDrawdown }: PathColumns, risk: RiskFacts, pilot: Pilot): Map<string, PairSums> {
  const { measures } = risk;
  const found = new Map<string, PairSums>();
  for (const level of extraLevels(measures)) {
    const edge = pilot.quantile(worstShare(level));
    found.set(
      `var${levelName(level)}`,
      pairSums(count, (i) => (pnl[i]! <= edge ? 1 : 0)),
    );
    found.set(
      `cvar${levelName(level)}`,
      pairSums(count, (i) => Math.max(0, edge - pnl[i]!)),
    );
  }
  if (measures.ratios) {
    found.set(
      'sharpe',
      pairSums(count, (i) => sharpeInfluence(pnl[i]!, pilot)),
    );
    found.set(
      'sortino',
      pairSums(count, (i) => sortinoInfluence(pnl[i]!, measures.target, pilot)),
    );
  }
  if (measures.drawdown && maxDrawdown !== undefined) {
    found.set(
      'max_drawdown_p50',
      pairSums(count, (i) => (maxDrawdown[i]! <= pilot.drawdown50 ? 1 : 0)),
    );
    found.set(
      'max_drawdown_p95',
      pairSums(count, (i) => (maxDrawdown[i]! <= pilot.drawdown95 ? 1 : 0)),
    );
  }
  return found;
}

/** The figures of two chunks put together. */
export function mergeRiskFigures(a: RiskFigures, b: RiskFigures): RiskFigures {
  return {
    downside: a.downside && b.downside && mergeJointMoments(a.downside, b.downside),
    parts: a.parts && b.parts && mergeParts(a.parts, b.parts),
    boundShare: a.boundShare && b.boundShare && mergePairSums(a.boundShare, b.boundShare),
    pairs: a.pairs && mergeMaps(a.pairs, b.pairs),
  };
}

function mergeParts(a: Readonly<Record<PnlPart, PairSums>>, b: Readonly<Record<PnlPart, PairSums>>) {
  const merged = { ...a };
  for (const part of PNL_PARTS) merged[part] = mergePairSums(a[part], b[part]);
  return merged;
}

function mergeMaps(a: ReadonlyMap<string, PairSums>, b: ReadonlyMap<string, PairSums> | undefined) {
  return new Map(
    [...a].map(([name, sums]) => {
      const other = b?.get(name);
      return [name, other === undefined ? sums : mergePairSums(sums, other)] as const;
    }),
  );
}
